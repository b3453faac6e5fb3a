using System.CommandLine;
using System.Globalization;
using Automation.Server.Personal;
using Automation.Storage;
using Automation.Storage.Personal;
using Automation.Storage.Postgres;

namespace Automation.Server.Cli.Personal;

/// <summary>
/// The keys that wrap contacts' own keys. An embedded store's ring is turned in one go while no server runs; one that several processes
/// share in three, so that each of them knows a new key before anything is wrapped in it.
/// </summary>
internal static class KeyRingCommand
{
    public static Command Create(Terminal terminal) => new("key-ring", "The keys that hide personal data.")
    {
        Rotate(terminal),
        Add(terminal),
        Rewrap(terminal),
        Drop(terminal),
        Hide(terminal),
    };

    private static Command Rotate(Terminal terminal)
    {
        var data = Options.Data();
        var command = new Command("rotate", "Makes a new key, wraps every contact's key in it and destroys the old one. The server must not run.") { data };
        command.SetAction(async (parsed, cancellation) =>
        {
            var directory = parsed.GetValue(data)!;
            var path = Path.Combine(directory, KeyRingFile.Name);
            // Opened first: a store that is in use, or has no ring, is found out before anything is changed.
            EmbeddedStore.Open(directory).Dispose();
            var number = KeyRingFile.Add(path);
            long count;
            using (var store = EmbeddedStore.Open(directory))
            {
                count = await store.Personal!.RewrapAsync(cancellation);
            }
            KeyRingFile.Drop(path);
            Tell(terminal, number, count);
            return ExitCodes.Fine;
        });
        return command;
    }

    private static Command Add(Terminal terminal)
    {
        var file = File();
        var command = new Command("add", "Makes a new key at the end of a ring, or a ring where the file is not there. Give the file to every process and start each anew.") { file };
        command.SetAction(parsed =>
        {
            var number = KeyRingFile.Add(parsed.GetRequiredValue(file));
            terminal.Note(string.Create(CultureInfo.InvariantCulture, $"Key {number} is the newest of the ring."));
            return ExitCodes.Fine;
        });
        return command;
    }

    private static Command Rewrap(Terminal terminal)
    {
        var (file, postgres) = (File(), new Option<string>("--postgres") { Description = "Connection string of the PostgreSQL store.", HelpName = "CONNECTION", Required = true });
        var command = new Command("rewrap", "Wraps every contact's key in the ring's newest, while servers run. Each of them must know it.") { file, postgres };
        command.SetAction(async (parsed, cancellation) =>
        {
            var ring = KeyRingFile.Read(parsed.GetRequiredValue(file));
            await using var store = await PostgresStore.OpenReadOnlyAsync(
                new PostgresOptions { ConnectionString = parsed.GetRequiredValue(postgres), PersonalKeys = ring }, cancellation);
            Tell(terminal, ring.Current, await store.Personal!.RewrapAsync(cancellation));
            return ExitCodes.Fine;
        });
        return command;
    }

    private static Command Drop(Terminal terminal)
    {
        var file = File();
        var command = new Command("drop", "Takes all keys out of a ring but the newest, for good. What is still wrapped in one of them is lost.") { file };
        command.SetAction(parsed =>
        {
            KeyRingFile.Drop(parsed.GetRequiredValue(file));
            terminal.Note("The ring has its newest key alone.");
            return ExitCodes.Fine;
        });
        return command;
    }

    private static Command Hide(Terminal terminal)
    {
        var data = Options.Data();
        var command = new Command(
            "hide", "Encrypts states and messages that were written before what they hold was personal. The server must not run; several processes do it by themselves.") { data };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var engine = await OfflineEngine.OpenAsync(parsed.GetValue(data)!, cancellation);
            var hidden = await new EarlierHiding(engine.Store.Earlier!, engine.Store.Definitions, engine.Host).RunAsync("command line", cancellation);
            if (terminal.Json)
            {
                terminal.Document(to =>
                {
                    to.WriteStartObject();
                    to.WriteNumber("contacts", hidden.Contacts);
                    to.WriteNumber("messages", hidden.Messages);
                    to.WriteEndObject();
                });
            }
            terminal.Note(string.Create(CultureInfo.InvariantCulture, $"{hidden.Contacts} contacts and {hidden.Messages} messages of an earlier time are hidden."));
            return ExitCodes.Fine;
        });
        return command;
    }

    private static Option<string> File() => new("--ring") { Description = "File of the ring, as the setting personal_keys names it.", HelpName = "FILE", Required = true };

    private static void Tell(Terminal terminal, int number, long count)
    {
        if (terminal.Json)
        {
            terminal.Document(to =>
            {
                to.WriteStartObject();
                to.WriteNumber("key", number);
                to.WriteNumber("wrapped", count);
                to.WriteEndObject();
            });
        }
        terminal.Note(string.Create(CultureInfo.InvariantCulture, $"{count} contacts' keys are wrapped in key {number} of the ring."));
    }
}
