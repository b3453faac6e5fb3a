using System.CommandLine;
using System.IO.Pipelines;
using Automation.Core.Contacts;
using Automation.Server.Cli.Audit;
using Automation.Server.Personal;

namespace Automation.Server.Cli.Personal;

/// <summary>One person: all about them, and erasing them.</summary>
internal static class ContactCommand
{
    private const string Actor = "command line";

    public static Command Create(Terminal terminal) => new("contact", "One person: all about them, and erasing them.")
    {
        Export(terminal),
        Erase(terminal),
    };

    private static Command Export(Terminal terminal)
    {
        var (contact, data, server, key) = (Who(), Options.Data(), Options.Server(), Options.Key());
        var file = new Option<string>("--out") { Description = "File to write; only its owner may read it.", HelpName = "FILE", Required = true };
        var command = new Command("export", "Writes everything that is kept of a person into one JSON file. The ledger notes it.") { contact, file, data, server, key };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetRequiredValue(file);
            if (File.Exists(path))
            {
                throw new CannotRunException("file_exists", $"Expected {path} not to be there, but it is: name another one.");
            }
            var who = parsed.GetRequiredValue(contact);
            if (parsed.GetValue(server) is { } url)
            {
                using var client = new ServerClient(url, Options.KeyFor(parsed.GetValue(key)));
                var id = await IdAsync(client, who, cancellation);
                var document = await client.AskAsync(HttpMethod.Get, FormattableString.Invariant($"/api/contacts/{id}/export"), null, cancellation);
                await using var to = Create(path);
                await using var writer = new System.Text.Json.Utf8JsonWriter(to, Core.Primitives.JsonFields.Options);
                document.WriteTo(writer);
            }
            else
            {
                await using var engine = await OfflineEngine.OpenAsync(parsed.GetValue(data)!, cancellation);
                var desk = new PersonalDesk(engine.Host, engine.Store.Ledger, engine.Mailbox);
                var found = await FindAsync(desk, engine, who, cancellation);
                await using var to = Create(path);
                var pipe = PipeWriter.Create(to);
                await desk.ExportAsync(found, Actor, "command line", pipe, cancellation);
                await pipe.CompleteAsync();
            }
            terminal.Note($"Written to {path}.");
            return ExitCodes.Fine;
        });
        return command;
    }

    private static Command Erase(Terminal terminal)
    {
        var (contact, data, server, key) = (Who(), Options.Data(), Options.Server(), Options.Key());
        var reason = new Option<string>("--reason") { Description = "Why. It stands in the ledger for good, so it must not say who.", HelpName = "TEXT", Required = true };
        var command = new Command("erase", "Erases a person for good. What the ledger keeps of them cannot be read any more; its chain stays whole.")
        {
            contact, reason, data, server, key,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (who, why) = (parsed.GetRequiredValue(contact), parsed.GetRequiredValue(reason));
            long erased;
            if (parsed.GetValue(server) is { } url)
            {
                using var client = new ServerClient(url, Options.KeyFor(parsed.GetValue(key)));
                erased = await IdAsync(client, who, cancellation);
                using var body = JsonContent.Create(new { reason = why });
                await client.AskAsync(HttpMethod.Post, FormattableString.Invariant($"/api/contacts/{erased}/erase"), body, cancellation);
            }
            else
            {
                await using var engine = await OfflineEngine.OpenAsync(parsed.GetValue(data)!, cancellation);
                var desk = new PersonalDesk(engine.Host, engine.Store.Ledger, engine.Mailbox);
                var found = await FindAsync(desk, engine, who, cancellation);
                await desk.EraseAsync(found, Actor, why, cancellation);
                erased = found.Id;
            }
            if (terminal.Json)
            {
                terminal.Document(to =>
                {
                    to.WriteStartObject();
                    to.WriteNumber("erased", erased);
                    to.WriteEndObject();
                });
            }
            terminal.Note(FormattableString.Invariant($"Contact {erased} is erased."));
            return ExitCodes.Fine;
        });
        return command;
    }

    private static Option<string> Who() => new("--contact")
    {
        Description = "A user id, an identity such as phone=+8613800138000, or id=42.", HelpName = "WHO", Required = true,
    };

    private static async ValueTask<Contact> FindAsync(PersonalDesk desk, Hosting.EmbeddedEngine engine, string who, CancellationToken cancellation)
    {
        var id = await ContactReference.ResolveAsync(engine.Store.Ledger, who, cancellation);
        return await desk.FindAsync(id, cancellation)
            ?? throw new CannotRunException("unknown_contact", $"Expected a contact, but there is none called '{who}'.");
    }

    private static async Task<long> IdAsync(ServerClient client, string who, CancellationToken cancellation)
    {
        if (who.StartsWith("id=", StringComparison.Ordinal) && long.TryParse(who.AsSpan(3), out var id))
        {
            return id;
        }
        var identity = who.Contains('=', StringComparison.Ordinal) ? who.Replace('=', ':') : "user_id:" + who;
        var found = (await client.AskAsync(HttpMethod.Get, "/api/contacts?identity=" + Uri.EscapeDataString(identity), null, cancellation)).GetProperty("contacts");
        return found.GetArrayLength() == 1
            ? found[0].GetProperty("id").GetInt64()
            : throw new CannotRunException("unknown_contact", $"Expected a user id, an identity such as phone=+8613800138000, or id=42, but no contact is called '{who}'.");
    }

    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        return new FileStream(path, options);
    }
}
