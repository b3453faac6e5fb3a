using Automation.Runtime.Ports;
using NodaTime;
using NodaTime.Text;

namespace Automation.Server.Telling;

/// <summary>A summary as it is asked for, in a request or on the command line.</summary>
/// <param name="Day">In the workspace's zone; today where neither it nor from is given.</param>
/// <param name="About">held_back, not_entered, failed, sent, delivered, entered, ended, all.</param>
/// <param name="By">Some of day, journey, step, channel, account, kind, reason, with commas.</param>
internal sealed record SummaryAsked(
    string? Day, string? From, string? To, string? About, string? By, string? Journey, string? Step, string? Channel, string? Account,
    string? Kind, string? Reason, string? Language)
{
    private const int DaysMax = 366;

    // Each day is a question of its own.
    private const int DaysByDayMax = 92;

    /// <exception cref="BadQuestionException">It is no question.</exception>
    public SummaryQuestion Question(LocalTimes times, Instant now)
    {
        var day = Day is not { } text ? now.InZone(times.Zone).Date
            : LocalDatePattern.Iso.Parse(text) is { Success: true } parsed ? parsed.Value
            : throw new BadQuestionException("bad_day", $"Expected a day such as 2026-03-01, but found '{text}'.");
        var from = Time(times, "from", From) ?? times.Zone.AtStartOfDay(day).ToInstant();
        var to = Time(times, "to", To) ?? (From is null ? times.Zone.AtStartOfDay(day.PlusDays(1)).ToInstant() : now);
        var about = About ?? "held_back";
        if (!SummaryWords.Kinds.TryGetValue(about, out var kinds))
        {
            throw new BadQuestionException(
                "bad_about", $"Expected about to be one of {string.Join(", ", SummaryWords.Kinds.Keys.Order(StringComparer.Ordinal))}, but found '{about}'.");
        }
        var by = (By ?? "reason").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();
        if (by.Find(one => !SummaryWords.Groupings.Contains(one)) is { } unknown)
        {
            throw new BadQuestionException("bad_grouping", $"Expected by to be some of {string.Join(", ", SummaryWords.Groupings)}, but found '{unknown}'.");
        }
        if (kinds.Length > 1 && !by.Contains("kind"))
        {
            // A link from a number names one kind.
            by.Add("kind");
        }
        var most = by.Contains("day") ? DaysByDayMax : DaysMax;
        return to > from && to - from <= Duration.FromDays(most + 1)
            ? new SummaryQuestion(from, to, about, by, new TallyQuery(from, to)
            {
                Kind = Kind, Reason = Reason, Journey = Journey, Step = Step, Channel = Channel, Account = Account,
            })
            : throw new BadQuestionException("bad_span", $"Expected to after from, and at most {most} days between, but found otherwise.");
    }

    private static Instant? Time(LocalTimes times, string name, string? text) => string.IsNullOrEmpty(text) ? null
        : times.TryRead(text) ?? throw new BadQuestionException("bad_time", $"Expected {name} to be a time such as 2026-03-01T10:00:00+08:00, but found '{text}'.");
}
