using System.Globalization;
using Automation.Core.Deciding;
using Automation.Runtime.Ports;
using Automation.Server.Telling;
using NodaTime;

namespace Automation.Bench.Workloads;

/// <param name="Ask">The number makes each time another one of it.</param>
/// <param name="Facts">The search behind it, for who looks at its plan; or the counts.</param>
internal sealed record LedgerQuestion(string What, Func<int, Task> Ask, Func<int, FactQuery>? Facts = null, Func<int, TallyQuery>? Counts = null);

/// <summary>What people ask of a ledger of so many facts, one question of each sort.</summary>
internal sealed class LedgerAsked(ILedgerStore ledger, IDefinitionStore definitions, int facts)
{
    private readonly Wording _wording = new(LocalTimes.Default, isChinese: true);

    public IEnumerable<LedgerQuestion> All() => [.. Whys(), .. Summaries(), .. Lists().Select(list => new LedgerQuestion(list.What, n => FactsAsync(list.Of(n)), Facts: list.Of))];

    private IEnumerable<LedgerQuestion> Whys()
    {
        var told = new FactQuery(NewestFirst: false, Limit: WhyReading.FactsMax);
        yield return new LedgerQuestion(
            "why, a contact and a journey", n => WhyAsync(LedgerWorkload.Contact(n, facts), LedgerWorkload.Journey(n % 10), null),
            n => told with { Contact = LedgerWorkload.Contact(n, facts), Journey = LedgerWorkload.Journey(n % 10) });
        yield return new LedgerQuestion(
            "why, a contact and a day", n => WhyAsync(LedgerWorkload.Contact(n, facts), null, Day(n)),
            n => told with { Contact = LedgerWorkload.Contact(n, facts), From = StartOf(n), To = StartOf(n) + Duration.FromDays(1) });
    }

    private IEnumerable<LedgerQuestion> Summaries()
    {
        yield return new LedgerQuestion(
            "summary, a day by journey, step, channel, reason", n => SummaryAsync(Day(n), null, "journey,step,channel,reason"),
            Counts: n => new TallyQuery(StartOf(n), StartOf(n) + Duration.FromDays(1)));
        yield return new LedgerQuestion(
            "summary, three days by day and reason", _ => SummaryAsync(null, "2026-03-03", "day,reason"),
            Counts: n => new TallyQuery(StartOf(n), StartOf(n) + Duration.FromDays(3)));
    }

    private IEnumerable<(string What, Func<int, FactQuery> Of)> Lists()
    {
        yield return ("list, first page", _ => new FactQuery());
        yield return ("list, a page in the middle", n => new FactQuery(Before: Middle(n)));
        yield return ("list, contact", n => new FactQuery(Contact: LedgerWorkload.Contact(n, facts)));
        yield return ("list, contact and journey", n => new FactQuery(Contact: LedgerWorkload.Contact(n, facts), Journey: LedgerWorkload.Journey(n % 10)));
        yield return ("list, contact and message", n =>
        {
            var (message, contact) = LedgerWorkload.Message(n, facts);
            return new FactQuery(Contact: contact) { Message = message };
        });
        yield return ("list, contact and text", n => new FactQuery(Contact: LedgerWorkload.Contact(n, facts)) { Text = "event.amount" });
        yield return ("list, contact, journey and passage", n => new FactQuery(LedgerWorkload.Contact(n, facts), LedgerWorkload.Journey(n % 10), Ordinal: 1));
        yield return ("list, journey", n => new FactQuery(Journey: LedgerWorkload.Journey(n)));
        yield return ("list, journey, a page in the middle", n => new FactQuery(Journey: LedgerWorkload.Journey(n), Before: Middle(n)));
        yield return ("list, journey and step", n => new FactQuery(Journey: LedgerWorkload.Journey(n), Step: "step-2"));
        yield return ("list, kind", _ => new FactQuery(Kind: "message_suppressed"));
        yield return ("list, kind, a page in the middle", n => new FactQuery(Kind: "not_enrolled", Before: Middle(n)));
        yield return ("list, reason", _ => new FactQuery(Reason: Reasons.FrequencyCap));
        yield return ("list, journey, step and reason", n => new FactQuery(Journey: LedgerWorkload.Journey(n), Step: "step-2", Reason: Reasons.NoQuota));
        yield return ("list, channel", _ => new FactQuery { Channel = "wecom" });
        yield return ("list, channel, a page in the middle", n => new FactQuery(Before: Middle(n)) { Channel = "wecom" });
        yield return ("list, account", _ => new FactQuery { Account = "sandbox" });
        yield return ("list, actor", _ => new FactQuery(Actor: "li"));
        yield return ("list, a stretch of time", n => new FactQuery(From: Some(n), To: Some(n) + Duration.FromHours(1)));
        yield return ("list, reason in a stretch of time", n => new FactQuery(Reason: Reasons.QuietHours, From: Some(n), To: Some(n) + Duration.FromHours(1)));
        yield return ("list, a reason that never was", _ => new FactQuery(Reason: Reasons.TooLarge));
    }

    // Not the same one twice, and never the same distance apart.
    private int Spread(int n) => (int)((n + 1) * 104_729L * 613 % facts);

    private long Middle(int n) => LedgerWorkload.Place(Spread(n));

    private Instant Some(int n) => LedgerWorkload.At(Spread(n));

    private Instant StartOf(int n) => LocalTimes.Default.Zone.AtStartOfDay(Some(n).InZone(LocalTimes.Default.Zone).Date).ToInstant();

    private string Day(int n) => Some(n).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);

    private async Task FactsAsync(FactQuery query) => await ledger.FactsAsync(query, default);

    private async Task WhyAsync(long contact, string? journey, string? day) =>
        await new WhyReading(ledger, definitions, _wording).ReadAsync(new WhyQuestion(contact, journey, null, day, null, WhyReading.FactsMax), default);

    private async Task SummaryAsync(string? day, string? from, string by)
    {
        var asked = new SummaryAsked(day, from, from is null ? null : "2026-03-05", "held_back", by, null, null, null, null, null, null, null);
        await new LedgerSummary(ledger, _wording).ReadAsync(asked.Question(_wording.Times, LedgerWorkload.At(0)), default);
    }
}
