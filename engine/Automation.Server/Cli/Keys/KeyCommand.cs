using System.CommandLine;
using System.Globalization;
using Automation.Server.Security;
using NodaTime;
using NodaTime.Text;

namespace Automation.Server.Cli.Keys;

/// <summary><c>key</c>: makes, lists and revokes API keys, of a server that runs or in the store of a data directory that no server holds.</summary>
internal static class KeyCommand
{
    public static Command Create(Terminal terminal) => new("key", "API keys: who may send events, look, and change things.")
    {
        CreateOne(terminal),
        List(terminal),
        Revoke(terminal),
    };

    private static Command CreateOne(Terminal terminal)
    {
        var shelf = new KeyShelfOptions();
        var role = new Option<string>("--role") { Description = "What it is for: write, viewer, operator, marketer, developer or admin.", HelpName = "ROLE", Required = true };
        var name = new Option<string>("--name") { Description = "What people call it.", DefaultValueFactory = _ => "" };
        var command = new Command("create", "Makes a key and prints it, this once.") { shelf.Data, shelf.Server, shelf.Key, role, name };
        command.SetAction(async (parsed, cancellation) =>
        {
            var wanted = parsed.GetRequiredValue(role);
            if (!Permissions.TryParse(wanted, out var known))
            {
                throw new CannotRunException("unknown_role", $"Expected the role write, viewer, operator, marketer, developer or admin, but found '{wanted}'.");
            }
            var called = parsed.GetValue(name)!;
            var (id, text) = await shelf.Open(parsed).CreateAsync(known, called, cancellation);
            if (terminal.Json)
            {
                terminal.Document(to =>
                {
                    to.WriteStartObject();
                    to.WriteString("id", id);
                    to.WriteString("key", text);
                    to.WriteString("role", wanted);
                    to.WriteString("name", called);
                    to.WriteEndObject();
                });
                return ExitCodes.Fine;
            }
            terminal.Say(text);
            terminal.Note($"Key {id} with the role {wanted}. It is shown only this once.");
            return ExitCodes.Fine;
        });
        return command;
    }

    private static Command List(Terminal terminal)
    {
        var shelf = new KeyShelfOptions();
        var command = new Command("list", "Lists keys, without their texts.") { shelf.Data, shelf.Server, shelf.Key };
        command.SetAction(async (parsed, cancellation) =>
        {
            Show(terminal, await shelf.Open(parsed).ListAsync(cancellation));
            return ExitCodes.Fine;
        });
        return command;
    }

    private static void Show(Terminal terminal, IReadOnlyList<ShownKey> keys)
    {
        if (terminal.Json)
        {
            terminal.Document(to =>
            {
                to.WriteStartArray();
                foreach (var key in keys)
                {
                    to.WriteStartObject();
                    to.WriteString("id", key.Id);
                    to.WriteString("role", key.Role);
                    to.WriteString("name", key.Name);
                    to.WriteString("created_at", InstantPattern.ExtendedIso.Format(Instant.FromDateTimeOffset(key.CreatedAt)));
                    to.WriteEndObject();
                }
                to.WriteEndArray();
            });
            return;
        }
        if (keys.Count > 0)
        {
            var width = keys.Max(key => key.Id.Length);
            terminal.Say($"{"ID".PadRight(width)}  ROLE       MADE (UTC)        NAME");
            foreach (var key in keys)
            {
                terminal.Say(string.Create(
                    CultureInfo.InvariantCulture, $"{key.Id.PadRight(width)}  {key.Role,-9}  {key.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm}  {key.Name}"));
            }
        }
        terminal.Note(keys.Count == 0 ? "No keys." : keys.Count == 1 ? "1 key." : string.Create(CultureInfo.InvariantCulture, $"{keys.Count} keys."));
    }

    private static Command Revoke(Terminal terminal)
    {
        var shelf = new KeyShelfOptions();
        var id = new Argument<string>("ID") { Description = "The key's id, as 'key list' shows it." };
        var command = new Command("revoke", "Makes a key worthless.") { shelf.Data, shelf.Server, shelf.Key, id };
        command.SetAction(async (parsed, cancellation) =>
        {
            var key = parsed.GetRequiredValue(id);
            if (!await shelf.Open(parsed).RevokeAsync(key, cancellation))
            {
                throw new CannotRunException("unknown_key", $"Expected the id of a key, but there is none called '{key}'.");
            }
            if (terminal.Json)
            {
                terminal.Document(to =>
                {
                    to.WriteStartObject();
                    to.WriteString("revoked", key);
                    to.WriteEndObject();
                });
            }
            terminal.Note($"Key {key} is revoked.");
            return ExitCodes.Fine;
        });
        return command;
    }
}
