using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.Server.Telling;

namespace Automation.Server.Cli.Operating;

/// <summary><c>replay</c> and <c>exit</c>: bulk actions, previewed first, through a server that runs.</summary>
internal static class BulkCommands
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(500);

    public static Command CreateReplay(Terminal terminal)
    {
        var journey = Text("--journey", "Only of this journey.", "KEY");
        var channel = Text("--channel", "Only on this channel.", "KEY");
        var account = Text("--account", "Only through this account.", "KEY");
        var template = Text("--template", "Only of this template.", "KEY");
        var why = new Option<string[]>("--failed") { Description = "Only what failed for this reason, as bad_address; may be given more than once.", HelpName = "CODE" };
        var from = Text("--from", "Failed at this time or later.", "TIME");
        var to = Text("--to", "Failed before this time.", "TIME");
        return Create(
            terminal, "replay", "Replays messages that failed for good: each goes out once more after its gates are asked anew, and each only once.", "replay_failed",
            [journey, channel, account, template, why, from, to],
            parsed => Of(
                ("journey", parsed.GetValue(journey)), ("channel", parsed.GetValue(channel)), ("account", parsed.GetValue(account)),
                ("template", parsed.GetValue(template)), ("reasons", parsed.GetValue(why) is { Length: > 0 } codes ? codes : null),
                ("from", parsed.GetValue(from)), ("to", parsed.GetValue(to))),
            "failed messages");
    }

    public static Command CreateExit(Terminal terminal)
    {
        var journey = new Argument<string>("journey") { Description = "The journey that people exit." };
        var step = Text("--step", "Only who stands at this step.", "ID");
        var version = new Option<int?>("--version") { Description = "Only who is on the way in this version.", HelpName = "N" };
        var segment = Text("--segment", "Only who is in this segment, or on this list.", "KEY");
        return Create(
            terminal, "exit", "Exits people from a journey in bulk: their enrollments end, and what they still have in the outbox is taken back.", "exit_people",
            [journey, step, version, segment],
            parsed => Of(
                ("journey", parsed.GetValue(journey)), ("step", parsed.GetValue(step)), ("version", parsed.GetValue(version)), ("segment", parsed.GetValue(segment))),
            "enrollments");
    }

    private static Command Create(
        Terminal terminal, string name, string description, string action, IEnumerable<Symbol> filters, Func<ParseResult, JsonObject> filterOf, string what)
    {
        var operators = new OperatorDoor();
        return operators.Make(name, description, filters, async (parsed, door, cancellation) =>
        {
            var filter = filterOf(parsed);
            var reason = operators.IsPreview(parsed) ? "" : operators.Reason(parsed);
            var preview = await door.AskAsync(HttpMethod.Post, "/api/bulk/preview", Body(new JsonObject { ["action"] = action, ["filter"] = filter.DeepClone() }), cancellation);
            if (operators.IsPreview(parsed))
            {
                return OperatorDoor.Tell(terminal, preview, () => Preview(preview, what));
            }
            var begun = await door.AskAsync(HttpMethod.Post, "/api/bulk", Body(new JsonObject
            {
                ["action"] = action, ["id"] = Word(preview, "id"), ["expected"] = preview.GetProperty("count").GetInt64(), ["as_of"] = Word(preview, "as_of"),
                ["filter"] = filter, ["reason"] = reason,
            }), cancellation);
            var ended = await UntilEndedAsync(terminal, door, begun, cancellation);
            return OperatorDoor.Tell(terminal, ended, () => Ended(ended, what));
        });
    }

    // Who ends the command ends nothing: the action goes on at the server.
    private static async Task<JsonElement> UntilEndedAsync(Terminal terminal, ServerClient door, JsonElement action, CancellationToken cancellation)
    {
        while (!action.TryGetProperty("ended_at", out _))
        {
            terminal.Progress($"{action.GetProperty("asked").GetInt64()} of {action.GetProperty("before").GetInt64()}");
            await Task.Delay(AskEvery, cancellation);
            action = await door.AskAsync(HttpMethod.Get, $"/api/bulk/{Word(action, "id")}", null, cancellation);
        }
        terminal.ClearProgress();
        return action;
    }

    private static IEnumerable<string> Ended(JsonElement ended, string what)
    {
        var wording = new Wording(LocalTimes.Default, isChinese: false);
        var refused = ended.GetProperty("refused").EnumerateArray().ToList();
        var count = refused.Sum(one => one.GetProperty("count").GetInt64());
        yield return $"{ended.GetProperty("asked").GetInt64()} of {ended.GetProperty("before").GetInt64()} {what} were asked; refused: {count}; still on the list: {ended.GetProperty("after").GetInt64()}.";
        foreach (var one in refused)
        {
            yield return $"{one.GetProperty("count").GetInt64(),8}  {ReasonWords.Of(Word(one, "reason"), wording)}";
            yield return $"          {Query(Word(one, "facts"))}";
        }
    }

    /// <summary>The command that lists the facts of a link of the API, with the people.</summary>
    private static string Query(string link) => "automation audit query " + string.Join(' ', link[(link.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&')
        .Select(static part => part.Split('=', 2)).Select(static part => $"--{part[0]} {Uri.UnescapeDataString(part[1])}")) + " --server … --key …";

    private static IEnumerable<string> Preview(JsonElement preview, string what)
    {
        foreach (var group in preview.GetProperty("groups").EnumerateArray())
        {
            yield return $"{group.GetProperty("count").GetInt64(),8}  {Word(group, "name")}  {Word(group, "of")}";
        }
        yield return $"{preview.GetProperty("count").GetInt64()} {what} of {Counted.Of(preview.GetProperty("people").GetInt64(), "person", "people")}.";
    }

    private static Option<string?> Text(string name, string description, string help) => new(name) { Description = description, HelpName = help };

    private static JsonObject Of(params ReadOnlySpan<(string Name, object? Value)> fields)
    {
        var filter = new JsonObject();
        foreach (var (name, value) in fields)
        {
            if (value is not null)
            {
                filter[name] = JsonSerializer.SerializeToNode(value);
            }
        }
        return filter;
    }

    private static StringContent Body(JsonObject body) => new(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");

    private static string Word(JsonElement of, string name) => of.GetProperty(name).ToString();
}
