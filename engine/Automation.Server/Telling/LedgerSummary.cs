using System.Globalization;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Server.Telling;

/// <summary>How many, and why: counts of facts over whole days or hours, grouped as asked for.</summary>
/// <param name="From">The hours that were counted begin here, and end with <paramref name="To"/>.</param>
/// <param name="Text">The same in a sentence: <c>812 held back: 503 too many messages of late (frequency_cap), …</c></param>
internal sealed record SummaryAnswer(
    DateTimeOffset From, DateTimeOffset To, string Zone, string About, long Total, string Text, IReadOnlyList<SummaryGroup> Groups);

/// <summary>One number, with what it is the number of.</summary>
/// <param name="Facts">Where the facts themselves are listed.</param>
/// <param name="People">Where the people are.</param>
internal sealed record SummaryGroup(
    string? Day, string? Journey, string? Step, string? Channel, string? Account, string? Kind, string? Reason, long Count, string Facts, string People);

/// <param name="About">A name of <see cref="SummaryWords.Kinds"/>.</param>
/// <param name="By">Names of <see cref="SummaryWords.Groupings"/>.</param>
internal sealed record SummaryQuestion(Instant From, Instant To, string About, IReadOnlyList<string> By, TallyQuery Filter);

/// <summary>Adds up what the store has counted. Its cost depends on the days asked for, not on the facts there are.</summary>
internal sealed class LedgerSummary(ILedgerStore ledger, Wording wording)
{
    public async ValueTask<SummaryAnswer> ReadAsync(SummaryQuestion question, CancellationToken cancellation)
    {
        var groups = new List<SummaryGroup>();
        foreach (var (from, to, day) in Spans(question))
        {
            var counts = await ledger.TalliesAsync(question.Filter with { Kind = question.Filter.Kind ?? OnlyKind(question), From = from, To = to }, cancellation);
            groups.AddRange(Group(question, counts, from, to, day));
        }
        var begin = TallyHours.Start(TallyHours.Of(question.From));
        var end = TallyHours.Start(TallyHours.After(question.To));
        var total = groups.Sum(group => group.Count);
        return new SummaryAnswer(
            begin.ToDateTimeOffset(), end.ToDateTimeOffset(), wording.Times.Zone.Id, question.About, total, Text(question, groups, total), groups);
    }

    private static string? OnlyKind(SummaryQuestion question) => SummaryWords.Kinds[question.About] is [var only] ? only : null;

    private IEnumerable<(Instant From, Instant To, string? Day)> Spans(SummaryQuestion question)
    {
        if (!question.By.Contains("day"))
        {
            yield return (question.From, question.To, null);
            yield break;
        }
        var zone = wording.Times.Zone;
        var day = question.From.InZone(zone).Date;
        for (var from = question.From; from < question.To; day = day.PlusDays(1))
        {
            var next = zone.AtStartOfDay(day.PlusDays(1)).ToInstant();
            var to = next < question.To ? next : question.To;
            // An hour belongs to the day it begins in, where a zone's days do not begin with an hour.
            yield return (TallyHours.Start(TallyHours.After(from)), TallyHours.Start(TallyHours.After(to)), day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture));
            from = next;
        }
    }

    private static IEnumerable<SummaryGroup> Group(SummaryQuestion question, IReadOnlyList<TallyCount> counts, Instant from, Instant to, string? day)
    {
        var kinds = SummaryWords.Kinds[question.About];
        var span = SummaryWords.Span(from, to);
        return counts
            .Where(one => kinds.IsEmpty || kinds.Contains(one.Key.Kind))
            .GroupBy(one => new TallyKey(
                question.By.Contains("kind") ? one.Key.Kind : "", By("reason", one.Key.Reason), By("journey", one.Key.Journey), By("step", one.Key.Step),
                By("channel", one.Key.Channel), By("account", one.Key.Account)))
            .Select(group => Row(group.Key, group.Sum(one => one.Count)))
            .OrderByDescending(group => group.Count).ThenBy(group => group.Facts, StringComparer.Ordinal);

        string? By(string name, string? value) => question.By.Contains(name) ? value : null;

        SummaryGroup Row(TallyKey key, long count)
        {
            var link = SummaryWords.Link(question, key, span);
            return new SummaryGroup(
                day, key.Journey, key.Step, key.Channel, key.Account, key.Kind.Length > 0 ? key.Kind : null, key.Reason, count, "/api/audit?" + link,
                "/api/audit/people?" + link);
        }
    }

    private string Text(SummaryQuestion question, List<SummaryGroup> groups, long total)
    {
        var reasons = groups.GroupBy(group => group.Reason ?? group.Kind ?? "").Where(group => group.Key.Length > 0)
            .Select(group => (Name: group.Key, Count: group.Sum(one => one.Count))).OrderByDescending(group => group.Count).ThenBy(group => group.Name, StringComparer.Ordinal).ToList();
        var parts = string.Join(wording.Say(", ", "，"), reasons.Select(one => wording.Say(
            (FormattableString)$"{one.Count} {ReasonWords.Of(one.Name, wording)}", $"{ReasonWords.Of(one.Name, wording)} {one.Count}")));
        var about = SummaryWords.About(question.About, total, wording);
        return parts.Length == 0
            ? wording.Say((FormattableString)$"{total} {about}", $"{about} {total}")
            : wording.Say((FormattableString)$"{total} {about}: {parts}", $"{about} {total}：{parts}");
    }
}
