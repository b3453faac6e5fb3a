using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Automation.Server.Anchors;
using Automation.Server.Api;
using Automation.Server.Telling;
using NodaTime.Text;

namespace Automation.Server.Cli.Audit;

/// <summary><c>audit anchor</c>: writes the signed heads of all seal chains at the end of a day to a file, to be kept elsewhere.</summary>
internal static class AnchorCommand
{
    private static readonly JsonSerializerOptions Written = new(ApiJson.Options) { WriteIndented = true, NewLine = "\n" };

    public static Command Create(Terminal terminal)
    {
        var server = Options.Server();
        var key = Options.Key();
        var data = Options.Data();
        var postgres = Options.Postgres();
        var day = new Option<string?>("--day") { Description = "A day that is over, in the workspace's zone. Default: yesterday." };
        var output = new Option<string>("--out") { Description = "File to write.", HelpName = "FILE", Required = true };
        var signing = new Option<string?>("--signing-key")
        {
            Description = "Without --server: file with the private key (P-256, PEM). It is made where there is none, and its public key beside it.", HelpName = "FILE",
        };
        var command = new Command("anchor", "Writes what proves later that the ledger still holds what it held. Keep it elsewhere.") { server, key, data, postgres, day, output, signing };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetValue(output)!;
            SignedAnchor anchor;
            if (parsed.GetValue(server) is { } address)
            {
                using var door = new ServerClient(address, Options.KeyFor(parsed.GetValue(key)));
                await using var desk = new RemoteAuditDesk(door);
                var asked = parsed.GetValue(day) ?? Yesterday(await desk.TimesAsync(cancellation));
                anchor = (await door.AskAsync(HttpMethod.Get, $"/api/audit/anchors/{Uri.EscapeDataString(asked)}", null, cancellation)).Deserialize<SignedAnchor>(ApiJson.Options)!;
            }
            else
            {
                await using var store = await LedgerSource.OpenAsync(parsed, data, postgres, cancellation);
                var times = await WorkspaceTimes.ReadAsync(store.Definitions, cancellation);
                var asked = parsed.GetValue(day) ?? Yesterday(times);
                var until = LocalDatePattern.Iso.Parse(asked) is { Success: true } date
                    ? times.Zone.AtStartOfDay(date.Value.PlusDays(1)).ToInstant()
                    : throw new CannotRunException("bad_day", $"Expected a day such as 2026-03-01, but found '{asked}'.");
                using var own = OpenKey(parsed.GetValue(signing));
                anchor = SignedAnchor.Sign(await LedgerAnchor.ReadAsync(store.Ledger, asked, until, cancellation), own);
            }
            await File.WriteAllTextAsync(path, JsonSerializer.Serialize(anchor, Written) + "\n", cancellation);
            terminal.Note($"{path}: {anchor.Anchor}");
            return ExitCodes.Fine;
        });
        return command;
    }

    /// <exception cref="CannotRunException">It is no anchor, or not signed by this key.</exception>
    public static async Task<LedgerAnchor> ReadAsync(string file, string? publicKey, CancellationToken cancellation)
    {
        SignedAnchor signed;
        try
        {
            signed = JsonSerializer.Deserialize<SignedAnchor>(await File.ReadAllTextAsync(file, cancellation), ApiJson.Options)!;
        }
        catch (Exception error) when (error is JsonException or IOException)
        {
            throw new CannotRunException("bad_anchor", $"Expected a signed anchor in {file}, but it cannot be read: {error.Message}", error);
        }
        if (publicKey is null)
        {
            throw new CannotRunException("no_public_key", "Expected --public-key beside --anchor, but there is none: the key in the file itself proves nothing.");
        }
        return signed.IsSignedBy(await File.ReadAllTextAsync(publicKey, cancellation))
            ? LedgerAnchor.Read(signed.Anchor)
            : throw new CannotRunException("bad_signature", $"Expected an anchor that the key in {publicKey} has signed, but it has not signed this one.");
    }

    private static string Yesterday(LocalTimes times) =>
        NodaTime.SystemClock.Instance.GetCurrentInstant().InZone(times.Zone).Date.PlusDays(-1).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    private static ECDsa OpenKey(string? path)
    {
        if (path is null)
        {
            throw new CannotRunException("no_signing_key", "Expected --signing-key or --server, but there is neither.");
        }
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(path))
        {
            key.ImportFromPem(File.ReadAllText(path));
            return key;
        }
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using (var file = new StreamWriter(path, options))
        {
            file.WriteLine(key.ExportPkcs8PrivateKeyPem());
        }
        File.WriteAllText(path + ".pub", key.ExportSubjectPublicKeyInfoPem() + "\n");
        return key;
    }
}
