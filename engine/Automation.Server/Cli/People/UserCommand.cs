using System.CommandLine;
using System.Globalization;
using Automation.Server.Security;
using NodaTime;
using NodaTime.Text;

namespace Automation.Server.Cli.People;

/// <summary><c>user</c>: who may sign in, at a server that runs or in the store of a data directory that no server holds.</summary>
internal static class UserCommand
{
    private const string Roles = "viewer, operator, marketer, developer or admin";

    public static Command Create(Terminal terminal) => new("user", "People who sign in with a name: invite, list, lock, change the role, reset.")
    {
        Add(terminal),
        List(terminal),
        Lock(terminal, "lock", "Lets a user in no more, and ends the sessions.", locked: true),
        Lock(terminal, "unlock", "Lets a user in again.", locked: false),
        SetRole(terminal),
        Reset(terminal),
        SetUp(terminal),
    };

    private static Command Add(Terminal terminal)
    {
        var (shelf, name, role) = (new UserShelfOptions(), Name(), RoleOption());
        var command = new Command("add", "Invites a user and prints the link, this once, at which they choose their password.") { shelf.Data, shelf.Server, shelf.Key, name, role };
        command.SetAction(async (parsed, cancellation) =>
        {
            var at = shelf.Open(parsed);
            return Show(terminal, at, await at.InviteAsync(parsed.GetRequiredValue(name), Known(parsed.GetRequiredValue(role)), cancellation));
        });
        return command;
    }

    private static Command Reset(Terminal terminal)
    {
        var (shelf, name) = (new UserShelfOptions(), Name());
        var command = new Command("reset", "Takes away password and second factor, and prints a link to choose another password.") { shelf.Data, shelf.Server, shelf.Key, name };
        command.SetAction(async (parsed, cancellation) =>
        {
            var at = shelf.Open(parsed);
            return Show(terminal, at, await at.ResetAsync(parsed.GetRequiredValue(name), cancellation));
        });
        return command;
    }

    private static Command SetUp(Terminal terminal)
    {
        var shelf = new UserShelfOptions();
        var command = new Command("set-up", "Prints the first admin's link anew, where it was lost. Earlier ones lose their worth.") { shelf.Data, shelf.Server, shelf.Key };
        command.SetAction(async (parsed, cancellation) =>
        {
            var at = shelf.Open(parsed);
            return Show(terminal, at, await at.SetUpAsync(cancellation));
        });
        return command;
    }

    private static Command Lock(Terminal terminal, string verb, string meaning, bool locked)
    {
        var (shelf, name) = (new UserShelfOptions(), Name());
        var command = new Command(verb, meaning) { shelf.Data, shelf.Server, shelf.Key, name };
        command.SetAction(async (parsed, cancellation) =>
        {
            var user = parsed.GetRequiredValue(name);
            await shelf.Open(parsed).LockAsync(user, locked, cancellation);
            return Done(terminal, user, verb == "lock" ? "locked" : "unlocked");
        });
        return command;
    }

    private static Command SetRole(Terminal terminal)
    {
        var (shelf, name) = (new UserShelfOptions(), Name());
        var role = new Argument<string>("ROLE") { Description = $"One of {Roles}." };
        var command = new Command("role", "Gives a user another role, and ends the sessions.") { shelf.Data, shelf.Server, shelf.Key, name, role };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (user, word) = (parsed.GetRequiredValue(name), parsed.GetRequiredValue(role));
            await shelf.Open(parsed).SetRoleAsync(user, Known(word), cancellation);
            return Done(terminal, user, word);
        });
        return command;
    }

    private static Command List(Terminal terminal)
    {
        var shelf = new UserShelfOptions();
        var command = new Command("list", "Lists users.") { shelf.Data, shelf.Server, shelf.Key };
        command.SetAction(async (parsed, cancellation) =>
        {
            Show(terminal, await shelf.Open(parsed).ListAsync(cancellation));
            return ExitCodes.Fine;
        });
        return command;
    }

    private static void Show(Terminal terminal, IReadOnlyList<ShownUser> users)
    {
        if (terminal.Json)
        {
            terminal.Document(to =>
            {
                to.WriteStartArray();
                foreach (var user in users)
                {
                    to.WriteStartObject();
                    to.WriteString("name", user.Name);
                    to.WriteString("role", user.Role);
                    to.WriteString("state", user.State);
                    to.WriteBoolean("second_factor", user.SecondFactor);
                    to.WriteString("created_at", Written(user.CreatedAt));
                    to.WriteEndObject();
                }
                to.WriteEndArray();
            });
            return;
        }
        if (users.Count > 0)
        {
            var width = Math.Max("NAME".Length, users.Max(user => user.Name.Length));
            terminal.Say($"{"NAME".PadRight(width)}  ROLE       STATE    SECOND FACTOR");
            foreach (var user in users)
            {
                terminal.Say($"{user.Name.PadRight(width)}  {user.Role,-9}  {user.State,-7}  {(user.SecondFactor ? "yes" : "no")}");
            }
        }
        terminal.Note(users.Count == 0 ? "No users." : users.Count == 1 ? "1 user." : string.Create(CultureInfo.InvariantCulture, $"{users.Count} users."));
    }

    private static int Show(Terminal terminal, IUserShelf shelf, ShownLink link)
    {
        var address = shelf.Address + link.Path;
        if (terminal.Json)
        {
            terminal.Document(to =>
            {
                to.WriteStartObject();
                to.WriteString("link", address);
                to.WriteString("expires_at", Written(link.ExpiresAt));
                to.WriteEndObject();
            });
            return ExitCodes.Fine;
        }
        terminal.Say(address);
        terminal.Note(string.Create(
            CultureInfo.InvariantCulture, $"It works once, until {link.ExpiresAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC. Where the server has another address, put that before the #."));
        return ExitCodes.Fine;
    }

    private static int Done(Terminal terminal, string user, string state)
    {
        if (terminal.Json)
        {
            terminal.Document(to =>
            {
                to.WriteStartObject();
                to.WriteString("name", user);
                to.WriteString("is", state);
                to.WriteEndObject();
            });
        }
        terminal.Note($"User {user} is {state} now.");
        return ExitCodes.Fine;
    }

    private static Argument<string> Name() => new("NAME") { Description = "What the user signs in with." };

    private static Option<string> RoleOption() => new("--role") { Description = $"What the user may: {Roles}.", HelpName = "ROLE", Required = true };

    private static Role Known(string word) => Permissions.TryParse(word, out var role) && role != Role.Write
        ? role
        : throw new CannotRunException("unknown_role", $"Expected the role {Roles}, but found '{word}'.");

    private static string Written(DateTimeOffset at) => InstantPattern.ExtendedIso.Format(Instant.FromDateTimeOffset(at));
}
