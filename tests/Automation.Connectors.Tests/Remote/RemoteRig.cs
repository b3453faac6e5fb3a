using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Automation.Connectors.Remote;

namespace Automation.Connectors.Tests.Remote;

/// <summary>The other process, played by the double: it does what the sample in Python does.</summary>
internal sealed class RemoteRig : ConnectorRig
{
    private const string Password = "password-of-the-notebook";

    private readonly string _sample;
    private RemoteConnectorFactory _factory;

    public RemoteRig([CallerFilePath] string here = "")
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
        _sample = File.ReadAllText(Path.Combine(root, "connectors", "Automation.Connectors.Remote", "Sample", "connector.json"));
        _factory = RemoteConnectorFactory.Read(_sample);
    }

    public override IConnectorFactory Factory => _factory;

    public override string Channel => "notebook";

    // The address belongs to the installation and not to the account: the double's stands in the description.
    public override ConnectorAccount Account(Uri vendor)
    {
        _factory = RemoteConnectorFactory.Read(_sample.Replace("http://127.0.0.1:7080/", vendor.ToString(), StringComparison.Ordinal));
        return Account("""{ "file": "notes.txt" }""", ("password", Password));
    }

    public override bool IsSend(VendorRequest request) => request.Path == "/send";

    public override VendorReply Answer(VendorRequest request, VendorMemory memory)
    {
        var asked = request.Json;
        return request.Path switch
        {
            "/send" => VendorReply.Json(new { results = asked.GetProperty("messages").EnumerateArray().Select(one => Take(one, memory)).ToArray() }),
            "/health" => VendorReply.Json(new { healthy = true, code = "ok", text = "The notebook is open." }),
            "/callback" => Callback(asked),
            _ => VendorReply.Json(new { results = Array.Empty<object>() }),
        };
    }

    public override VendorCallback ReceiptCallback(IReadOnlyList<ReceiptSample> receipts, DateTimeOffset now) => ProvenCallback(
        JsonSerializer.SerializeToUtf8Bytes(receipts.Select(one => new { id = one.Message.IdText, status = one.Delivered ? "delivered" : "failed", reason = "bad_address" })), now);

    public override VendorCallback ProvenCallback(byte[] body, DateTimeOffset now) =>
        base.ProvenCallback(body, now) with { Query = new Dictionary<string, string> { ["password"] = Password } };

    public override VendorCallback Forged(VendorCallback callback) => callback with { Query = new Dictionary<string, string> { ["password"] = "guess" } };

    private static object Take(JsonElement message, VendorMemory memory)
    {
        var id = message.GetProperty("id").GetString();
        var to = message.GetProperty("to").GetProperty("value").GetString()!;
        if (memory.Refuses(to))
        {
            return new { id, outcome = "failed", reason = "bad_address", text = "Expected a person, but there is none." };
        }

        if (!memory.Arrivals.Any(one => one.Key == to))
        {
            memory.Take(to, message.GetProperty("content").GetProperty("text").GetString()!);
        }

        return new { id, outcome = "accepted", vendor_message_id = id };
    }

    private static VendorReply Callback(JsonElement asked)
    {
        if (!asked.GetProperty("query").TryGetProperty("password", out var given) || given.GetString() != Password)
        {
            return VendorReply.Json(new { reply = new { status = 401 } });
        }

        try
        {
            var receipts = JsonElement.Parse(Convert.FromBase64String(asked.GetProperty("body").GetString()!));
            return VendorReply.Json(Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(new { reply = new { status = 200 }, receipts })));
        }
        catch (JsonException)
        {
            return VendorReply.Json(new { reply = new { status = 400 } });
        }
    }
}
