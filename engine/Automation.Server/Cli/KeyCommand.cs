using System.CommandLine;
using System.Globalization;
using Automation.Server.Security;
using Automation.Storage;
using NodaTime;
using NodaTime.Text;

namespace Automation.Server.Cli;

/// <summary><c>key</c>: makes, lists and revokes API keys, in the store of a data directory that no server holds.</summary>
internal static class KeyCommand
{
    private const string Actor = "command line";

    public static Command Create(Terminal terminal) => new("key", "API keys: who may send events, look, and change things.")
    {
        CreateOne(terminal),
        List(terminal),
        Revoke(terminal),
    };

    private static Command CreateOne(Terminal terminal)
    {
        var data = Options.Data();
        var role = new Option<string>("--role") { Description = "What it is for: write, viewer, operator, marketer, developer or admin.", HelpName = "ROLE", Required = true };
        var name = new Option<string>("--name") { Description = "What people call it.", DefaultValueFactory = _ => "" };
        var command = new Command("create", "Makes a key and prints it, this once.") { data, role, name };
        command.SetAction(async (parsed, cancellation) =>
        {
            var wanted = parsed.GetRequiredValue(role);
            if (!Permissions.TryParse(wanted, out var known))
            {
                throw new CannotRunException("unknown_role", $"Expected the role write, viewer, operator, marketer, developer or admin, but found '{wanted}'.");
            }
            await using var engine = await OfflineEngine.OpenAsync(parsed.GetValue(data)!, cancellation);
            var (text, key) = await OfflineEngine.Keys(engine).CreateAsync(known, parsed.GetValue(name)!, Actor, cancellation);
            if (terminal.Json)
            {
                terminal.Document(to =>
                {
                    to.WriteStartObject();
                    to.WriteString("id", key.Id);
                    to.WriteString("key", text);
                    to.WriteString("role", wanted);
                    to.WriteString("name", key.Name);
                    to.WriteEndObject();
                });
                return ExitCodes.Fine;
            }
            terminal.Say(text);
            terminal.Note($"Key {key.Id} with the role {wanted}. It is shown only this once.");
            return ExitCodes.Fine;
        });
        return command;
    }

    private static Command List(Terminal terminal)
    {
        var data = Options.Data();
        var command = new Command("list", "Lists keys, without their texts.") { data };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var store = EmbeddedStore.OpenReadOnly(parsed.GetValue(data)!);
            var keys = await ApiKeys.ListAsync(store.Definitions, cancellation);
            if (terminal.Json)
            {
                terminal.Document(to =>
                {
                    to.WriteStartArray();
                    foreach (var key in keys)
                    {
                        to.WriteStartObject();
                        to.WriteString("id", key.Id);
                        to.WriteString("role", Permissions.NameOf(key.Role));
                        to.WriteString("name", key.Name);
                        to.WriteString("created_at", InstantPattern.ExtendedIso.Format(Instant.FromDateTimeOffset(key.CreatedAt)));
                        to.WriteEndObject();
                    }
                    to.WriteEndArray();
                });
                return ExitCodes.Fine;
            }
            if (keys.Count > 0)
            {
                var width = keys.Max(key => key.Id.Length);
                terminal.Say($"{"ID".PadRight(width)}  ROLE       MADE (UTC)        NAME");
                foreach (var key in keys)
                {
                    terminal.Say(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{key.Id.PadRight(width)}  {Permissions.NameOf(key.Role),-9}  {key.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm}  {key.Name}"));
                }
            }
            terminal.Note(keys.Count == 0 ? "No keys." : string.Create(CultureInfo.InvariantCulture, $"{keys.Count} keys."));
            return ExitCodes.Fine;
        });
        return command;
    }

    private static Command Revoke(Terminal terminal)
    {
        var data = Options.Data();
        var id = new Argument<string>("ID") { Description = "The key's id, as 'key list' shows it." };
        var command = new Command("revoke", "Makes a key worthless.") { data, id };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var engine = await OfflineEngine.OpenAsync(parsed.GetValue(data)!, cancellation);
            var key = parsed.GetRequiredValue(id);
            if (!await OfflineEngine.Keys(engine).RevokeAsync(key, Actor, cancellation))
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
