using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Automation.Server.Telling;

namespace Automation.Server.Cli.Operating;

/// <summary><c>outcomes</c>: messages of which nobody knows what became of them, through a server that runs.</summary>
internal static class OutcomesCommand
{
    private const int LimitDefault = 100;

    public static Command Create(Terminal terminal)
    {
        var account = new Option<string?>("--account") { Description = "Only of this account.", HelpName = "KEY" };
        var limit = new Option<int>("--limit") { Description = $"How many at most, 1 to 1000. Default: {LimitDefault}.", HelpName = "N", DefaultValueFactory = _ => LimitDefault };
        var outcome = new Argument<string>("outcome") { Description = "delivered or failed." };
        var ids = new Option<string[]>("--id") { Description = "Only these messages; may be given more than once.", HelpName = "ID" };
        var operators = new OperatorDoor();
        return new Command("outcomes", "Unknown outcomes: lists them, settles them by hand, or has the vendor asked again.")
        {
            operators.Make("list", "Shows the oldest ones: message, contact, account, and what the vendor said.", [account, limit], async (parsed, door, cancellation) =>
            {
                var answer = await ListAsync(door, parsed.GetValue(account), parsed.GetValue(limit), cancellation);
                OperatorDoor.Tell(terminal, answer, () => Lines(answer));
                return answer.GetProperty("messages").GetArrayLength() == 0 ? ExitCodes.Fine : ExitCodes.Findings;
            }, acts: false),
            operators.Make("settle", "Says what became of them; their journeys go on as if the vendor had said it.", [outcome, account, ids, limit], (parsed, door, cancellation) =>
                ActAsync(terminal, operators, parsed, door, parsed.GetValue(outcome)!, parsed.GetValue(account), parsed.GetValue(ids), parsed.GetValue(limit), cancellation)),
            operators.Make("ask", "Has their vendors asked again, now.", [account, ids, limit], (parsed, door, cancellation) =>
                ActAsync(terminal, operators, parsed, door, null, parsed.GetValue(account), parsed.GetValue(ids), parsed.GetValue(limit), cancellation)),
        };
    }

    private static async Task<int> ActAsync(
        Terminal terminal, OperatorDoor operators, ParseResult parsed, ServerClient door, string? outcome, string? account, string[]? ids, int limit,
        CancellationToken cancellation)
    {
        var list = await ListAsync(door, account, limit, cancellation);
        var chosen = list.GetProperty("messages").EnumerateArray().Select(one => one.GetProperty("id").GetString()!)
            .Where(id => ids is not { Length: > 0 } || ids.Contains(id, StringComparer.OrdinalIgnoreCase)).ToArray();
        if (operators.IsPreview(parsed) || chosen.Length == 0)
        {
            return OperatorDoor.Tell(terminal, list, () => [$"{Counted.Of(chosen.Length, "unknown outcome")}."]);
        }
        var reason = operators.Reason(parsed);
        var answer = outcome is null
            ? await door.AskAsync(HttpMethod.Post, "/api/outcomes/ask", JsonContent.Create(new { ids = chosen, reason }), cancellation)
            : await door.AskAsync(HttpMethod.Post, "/api/outcomes/settle", JsonContent.Create(new { outcome, ids = chosen, reason }), cancellation);
        return OperatorDoor.Tell(terminal, answer, () =>
            [$"{answer.GetProperty("asked").GetInt32()} asked, {answer.GetProperty("news").GetInt32()} have an outcome now, {answer.GetProperty("unknown").GetInt64()} are still unknown."]);
    }

    private static Task<JsonElement> ListAsync(ServerClient door, string? account, int limit, CancellationToken cancellation) => door.AskAsync(
        HttpMethod.Get,
        string.Create(CultureInfo.InvariantCulture, $"/api/outcomes?limit={limit}") + (account is null ? "" : $"&account={Uri.EscapeDataString(account)}"),
        null, cancellation);

    private static IEnumerable<string> Lines(JsonElement answer)
    {
        var messages = answer.GetProperty("messages");
        foreach (var one in messages.EnumerateArray())
        {
            var said = one.TryGetProperty("text", out var text) ? $": {text}" : "";
            yield return $"{Word(one, "id")}  contact {Word(one, "contact")}  {Word(one, "account")}  {Word(one, "template")}  {Word(one, "changed_at")}{said}";
        }
        yield return messages.GetArrayLength() == 0 ? "No outcome is unknown." : $"{Counted.Of(messages.GetArrayLength(), "unknown outcome")}.";
    }

    private static string Word(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.ToString() : "";
}
