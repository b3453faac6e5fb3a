using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Automation.Server.Telling;

namespace Automation.Server.Cli.Operating;

/// <summary><c>operations</c>: where everything stands, through a server that runs.</summary>
internal static class OperationsCommand
{
    private static readonly Wording English = new(LocalTimes.Default, isChinese: false);

    public static Command Create(Terminal terminal) => new OperatorDoor().Make(
        "operations", "Where everything stands: what waits and since when, what is held, closed, unknown, failed or dead.", [], async (_, door, cancellation) =>
        {
            var answer = await door.AskAsync(HttpMethod.Get, "/api/operations", null, cancellation);
            return OperatorDoor.Tell(terminal, answer, () => Lines(answer));
        }, acts: false);

    private static IEnumerable<string> Lines(JsonElement answer)
    {
        foreach (var account in answer.GetProperty("accounts").EnumerateArray())
        {
            var oldest = account.TryGetProperty("oldest_seconds", out var seconds) ? $", the oldest for {Span(seconds.GetDouble())}" : "";
            var more = account.GetProperty("is_more").GetBoolean() ? "more than " : "";
            yield return $"account {Word(account, "account")}: {more}{Word(account, "waiting")} wait{oldest}; {Word(account, "unknown")} unknown";
        }
        var timers = answer.GetProperty("timers").EnumerateArray().ToList();
        foreach (var lag in timers)
        {
            yield return $"timer lag of partition {Word(lag, "partition")}: {Span(lag.GetProperty("seconds").GetDouble())}";
        }
        if (timers.Count == 0)
        {
            yield return "timer lag: none";
        }
        foreach (var queue in answer.GetProperty("queues").EnumerateArray().Where(one => one.GetProperty("envelopes").GetInt64() > 0))
        {
            yield return $"queue {Word(queue, "queue")}: {Counted.Of(queue.GetProperty("envelopes").GetInt64(), "envelope")}";
        }
        foreach (var hold in answer.GetProperty("holds").EnumerateArray())
        {
            yield return $"held: {Word(hold, "target")} since {Word(hold, "since")} by {ActionWords.Actor(Word(hold, "by"), English)}: {Word(hold, "reason")}";
        }
        foreach (var lane in answer.GetProperty("closed").EnumerateArray())
        {
            yield return $"closed: {Word(lane, "account")} {Word(lane, "channel")} since {Word(lane, "since")}: {Word(lane, "text")}";
        }
        var dead = answer.TryGetProperty("dead_letters", out var letters) ? letters.ToString() : "?";
        yield return $"unknown outcomes: {Word(answer, "unknown")}; failed in seven days: {Word(answer, "failed")}; dead letters: {dead}.";
    }

    private static string Span(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{TimeSpan.FromSeconds(Math.Round(seconds)):c}");

    private static string Word(JsonElement of, string name) => of.GetProperty(name).ToString();
}
