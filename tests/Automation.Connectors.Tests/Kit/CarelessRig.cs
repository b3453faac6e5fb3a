using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Automation.Connectors.Tests.Kit;

internal sealed class CarelessFactory(Mistake mistake) : IConnectorFactory
{
    ConnectorManifest IConnectorFactory.Manifest => Manifest(mistake);

    public static ConnectorManifest Manifest(Mistake mistake) => new()
    {
        Key = "postcard",
        Name = new DisplayName(mistake == Mistake.ManifestWithoutName ? "" : "明信片", "Postcard"),
        Summary = new DisplayName("寄明信片。", "Sends postcards."),
        Channels =
        [
            new ChannelManifest
            {
                Key = "postcard",
                Name = new DisplayName("明信片", "Postcard"),
                AddressType = "phone",
                MessageSchema = JsonElement.Parse(mistake == Mistake.TextNotAccepted
                    ? """{ "type": "object", "required": ["picture"], "properties": { "text": { "type": "string" } } }"""
                    : """{ "type": "object", "properties": { "text": { "type": "string" } } }"""),
                Limits = new ChannelLimits { BatchSizeMax = 20, BodyBytesMax = 1_000 },
            },
        ],
        ConfigurationSchema = JsonElement.Parse(
            """
            { "type": "object", "required": ["url", "secret"], "properties": {
              "url": { "type": "string" }, "secret": { "type": "string", "writeOnly": true }, "stamp": { "enum": ["a", "b"], "default": "a" } } }
            """),
        Idempotency = Idempotency.None,
        CanQueryOutcome = true,
        Receipts = ReceiptDelivery.Push,
        ContractVersion = mistake == Mistake.OtherContract ? 99 : ConnectorManifest.CurrentContractVersion,
    };

    public IConnector Create(ConnectorAccount account, ConnectorServices services)
    {
        var read = new ConfigurationReader(account.Configuration);
        _ = read.Text("url") ?? throw (mistake == Mistake.PlaceNotNamed ? new ConnectorConfigurationException("", "Expected a url, but it is missing.") : read.Missing("url"));
        if (!account.Secrets.ContainsKey("secret"))
        {
            throw new ConnectorConfigurationException("/secrets/secret", "Expected a secret, but it is missing.");
        }

        if (mistake == Mistake.DefaultRefused)
        {
            read.Choice("stamp", "b");
        }
        else
        {
            read.Choice("stamp", "a", "b");
        }

        if (mistake != Mistake.UnknownPropertyTaken)
        {
            read.RefuseOthers();
        }

        return new CarelessConnector(account, services, mistake);
    }
}

/// <summary>The vendor of postcards.</summary>
internal sealed class CarelessRig(Mistake mistake) : ConnectorRig
{
    private const string Secret = "a-secret-of-the-post";

    public override IConnectorFactory Factory { get; } = new CarelessFactory(mistake);

    public override string Channel => "postcard";

    public override bool UsesTokens => true;

    public override bool ChecksTime => true;

    // A broken connector that hangs must not hold up the tests for long.
    public override TimeSpan Patience => mistake == Mistake.None ? TimeSpan.FromSeconds(10) : TimeSpan.FromSeconds(2);

    public override ConnectorAccount Account(Uri vendor) => Account($$"""{ "url": "{{vendor}}" }""", ("secret", Secret));

    public override bool IsSend(VendorRequest request) => request.Path == "/send";

    public override VendorReply Answer(VendorRequest request, VendorMemory memory)
    {
        if (request.Path == "/token")
        {
            return VendorReply.Json(new { token = memory.IssueToken() });
        }

        var json = request.Json;
        var to = json.GetProperty("to").GetString()!;
        if (request.Path == "/ask")
        {
            return VendorReply.Json(new { came = memory.Arrivals.Any(one => one.Key == to) });
        }

        if (!memory.IsCurrent(json.GetProperty("token").GetString()))
        {
            return VendorReply.Json(new { code = "token" });
        }

        if ((json.GetProperty("time").GetDateTimeOffset() - memory.Now).Duration() > TimeSpan.FromMinutes(15))
        {
            return VendorReply.Json(new { code = "time" });
        }

        if (memory.Refuses(to))
        {
            return VendorReply.Json(new { code = "nobody" });
        }

        memory.Take(to, json.GetProperty("text").GetString()!);
        return VendorReply.Json(new { code = "ok" });
    }

    public override VendorCallback ReceiptCallback(IReadOnlyList<ReceiptSample> receipts, DateTimeOffset now) =>
        ProvenCallback(JsonSerializer.SerializeToUtf8Bytes(receipts.Select(one => new { id = one.Message.Id, delivered = one.Delivered })), now);

    public override VendorCallback ProvenCallback(byte[] body, DateTimeOffset now) =>
        Signed(body, Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body)), now);

    public override VendorCallback Forged(VendorCallback callback) => Signed(callback.Body.ToArray(), new string('0', 64), callback.ReceivedAt);

    private static VendorCallback Signed(byte[] body, string proof, DateTimeOffset now) => new()
    {
        Method = "POST",
        Headers = new Dictionary<string, string>(),
        Query = new Dictionary<string, string> { ["proof"] = proof },
        Body = body,
        ReceivedAt = now,
    };
}
