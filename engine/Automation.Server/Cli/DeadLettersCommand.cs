using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Automation.Server.Cli.Operating;

namespace Automation.Server.Cli;

/// <summary><c>dead-letters</c>: what came in over the broker and nobody could read, through a server that runs.</summary>
internal static class DeadLettersCommand
{
    private const int LimitDefault = 100;

    public static Command Create(Terminal terminal) => new("dead-letters", "Envelopes that nobody could read: looks at them, puts them back, or throws them away.")
    {
        Make(terminal, "list", "Shows the oldest ones with the reason; they may hold what people sent.", ListAsync),
        Make(terminal, "replay", "Puts the oldest ones back where they came from, for instance after an upgrade that understands them.", ReplayAsync),
        MakeDiscard(terminal),
    };

    private static Command Make(Terminal terminal, string name, string description, Func<Terminal, ServerClient, int, CancellationToken, Task<int>> run)
    {
        var server = new Option<string>("--server")
        {
            Description = $"Address of a server with the role api. Default: {Options.DefaultUrl}.", HelpName = "URL", DefaultValueFactory = _ => Options.DefaultUrl,
        };
        var key = new Option<string>("--key") { Description = "A key with the role developer or admin.", HelpName = "KEY", Required = true };
        var limit = new Option<int>("--limit") { Description = $"How many at most, 1 to 1000. Default: {LimitDefault}.", HelpName = "N", DefaultValueFactory = _ => LimitDefault };
        var command = new Command(name, description) { server, key, limit };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var door = new ServerClient(parsed.GetValue(server)!, parsed.GetValue(key)!);
            return await run(terminal, door, parsed.GetValue(limit), cancellation);
        });
        return command;
    }

    private static Command MakeDiscard(Terminal terminal)
    {
        var count = new Option<int>("--count") { Description = "How many of the oldest.", HelpName = "N", Required = true };
        var operators = new OperatorDoor();
        return operators.Make("discard", "Throws the oldest ones away, for good. Needs a key of the role developer or admin.", [count], async (parsed, door, cancellation) =>
        {
            var most = await door.AskAsync(HttpMethod.Get, "/api/operations", null, cancellation);
            var expected = most.TryGetProperty("dead_letters", out var known) ? known.GetInt64() : 0;
            if (operators.IsPreview(parsed))
            {
                return OperatorDoor.Tell(terminal, most, () => [$"{Math.Min(expected, parsed.GetValue(count))} of {expected} dead letters would be thrown away."]);
            }
            var answer = await door.AskAsync(
                HttpMethod.Post, "/api/dead-letters/discard", JsonContent.Create(new { count = parsed.GetValue(count), expected, reason = operators.Reason(parsed) }), cancellation);
            return OperatorDoor.Tell(terminal, answer, () => [$"{answer.GetProperty("discarded").GetInt32()} dead letters were thrown away, {answer.GetProperty("left").GetInt64()} are left."]);
        });
    }

    private static async Task<int> ListAsync(Terminal terminal, ServerClient door, int limit, CancellationToken cancellation)
    {
        var answer = await door.AskAsync(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"/api/dead-letters?limit={limit}"), null, cancellation);
        var letters = answer.GetProperty("letters");
        if (terminal.Json)
        {
            terminal.Document(answer.WriteTo);
        }
        else
        {
            foreach (var letter in letters.EnumerateArray())
            {
                terminal.Say($"{Text(letter, "at")}  {Text(letter, "exchange")} {Text(letter, "routing_key")}  {letter.GetProperty("bytes").GetInt32()} bytes: {Text(letter, "reason")}");
            }
            terminal.Say(letters.GetArrayLength() == 0 ? "There are no dead letters." : $"{letters.GetArrayLength()} dead letters.");
        }
        return letters.GetArrayLength() == 0 ? ExitCodes.Fine : ExitCodes.Findings;
    }

    private static async Task<int> ReplayAsync(Terminal terminal, ServerClient door, int limit, CancellationToken cancellation)
    {
        var answer = await door.AskAsync(HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"/api/dead-letters/replay?limit={limit}"), null, cancellation);
        if (terminal.Json)
        {
            terminal.Document(answer.WriteTo);
        }
        else
        {
            terminal.Say($"{answer.GetProperty("replayed").GetInt32()} dead letters went back where they came from.");
        }
        return ExitCodes.Fine;
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString() ?? "";
}
