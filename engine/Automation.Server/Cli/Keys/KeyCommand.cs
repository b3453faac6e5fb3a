using System.CommandLine;
using System.Globalization;
using Automation.Core.Journeys.Documents;
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
        var scope = new Option<string[]>("--scope")
        {
            Description = "One of its role's rights, when it is not to have all of them: track, read, operate, author, configure, administer. May be given several times.", HelpName = "RIGHT",
        };
        var expires = new Option<string?>("--expires") { Description = "How long it holds, such as 90d. Default: until it is revoked.", HelpName = "DURATION" };
        var command = new Command("create", "Makes a key and prints it, this once.") { shelf.Data, shelf.Server, shelf.Key, role, name, scope, expires };
        command.SetAction(async (parsed, cancellation) =>
        {
            var wanted = parsed.GetRequiredValue(role);
            if (!Permissions.TryParse(wanted, out var known))
            {
                throw new CannotRunException("unknown_role", $"Expected the role write, viewer, operator, marketer, developer or admin, but found '{wanted}'.");
            }
            var called = parsed.GetValue(name)!;
            var asked = new WantedKey(known, called, Scopes(parsed.GetValue(scope)), Expiry(parsed.GetValue(expires)));
            var (id, text) = await shelf.Open(parsed).CreateAsync(asked, cancellation);
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

    private static List<Permission>? Scopes(string[]? words) => words is not { Length: > 0 }
        ? null
        : [.. words.Select(word => Permissions.Scopes.Cast<Permission?>().FirstOrDefault(one => Permissions.NameOf(one!.Value) == word)
            ?? throw new CannotRunException("unknown_scope", $"Expected one of {string.Join(", ", Permissions.Scopes.Select(Permissions.NameOf))}, but found '{word}'."))];

    private static DateTimeOffset? Expiry(string? text) => text is null ? null
        : DurationText.TryParse(text, out var span) && span > Duration.Zero ? DateTimeOffset.UtcNow + span.ToTimeSpan()
        : throw new CannotRunException("bad_duration", $"Expected a duration such as 90d after --expires, but found '{text}'.");

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
                    if (key.Scopes is { } scopes)
                    {
                        to.WriteStartArray("scopes");
                        foreach (var one in scopes)
                        {
                            to.WriteStringValue(one);
                        }
                        to.WriteEndArray();
                    }
                    if (key.ExpiresAt is { } end)
                    {
                        to.WriteString("expires_at", InstantPattern.ExtendedIso.Format(Instant.FromDateTimeOffset(end)));
                    }
                    to.WriteEndObject();
                }
                to.WriteEndArray();
            });
            return;
        }
        if (keys.Count > 0)
        {
            var width = keys.Max(key => key.Id.Length);
            terminal.Say($"{"ID".PadRight(width)}  ROLE       MADE (UTC)        HOLDS UNTIL       NAME");
            foreach (var key in keys)
            {
                terminal.Say(string.Create(
                    CultureInfo.InvariantCulture, $"{key.Id.PadRight(width)}  {key.Role,-9}  {key.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm}  {key.ExpiresAt?.UtcDateTime,-16:yyyy-MM-dd HH:mm}  {key.Name}{(key.Scopes is null ? "" : $" (only {string.Join(", ", key.Scopes)})")}"));
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
