using System.Globalization;
using Automation.Core.Deciding;
using Automation.Runtime.Ports;
using Automation.Server.Telling;
using NodaTime;

namespace Automation.Bench.Workloads;

/// <summary>What people ask of a ledger of so many facts, one question of each sort; the number makes each time another one of it.</summary>
internal sealed class LedgerAsked(ILedgerStore ledger, IDefinitionStore definitions, int facts)
{
    private readonly Wording _wording = new(LocalTimes.Default, isChinese: true);

    public IEnumerable<(string What, Func<int, Task> Ask)> All()
    {
        yield return ("why, a contact and a journey", n => WhyAsync(LedgerWorkload.Contact(n, facts), LedgerWorkload.Journey(n % 10), null));
        yield return ("why, a contact and a day", n => WhyAsync(LedgerWorkload.Contact(n, facts), null, Day(n)));
        yield return ("summary, a day by journey, step, channel, reason", n => SummaryAsync(Day(n), null, "journey,step,channel,reason"));
        yield return ("summary, three days by day and reason", _ => SummaryAsync(null, "2026-03-03", "day,reason"));
        yield return ("list, first page", _ => FactsAsync(new FactQuery()));
        yield return ("list, a page in the middle", n => FactsAsync(new FactQuery(Before: Middle(n))));
        yield return ("list, contact", n => FactsAsync(new FactQuery(Contact: LedgerWorkload.Contact(n, facts))));
        yield return ("list, contact and journey", n => FactsAsync(new FactQuery(Contact: LedgerWorkload.Contact(n, facts), Journey: LedgerWorkload.Journey(n % 10))));
        yield return ("list, contact and message", n =>
        {
            var (message, contact) = LedgerWorkload.Message(n, facts);
            return FactsAsync(new FactQuery(Contact: contact) { Message = message });
        });
        yield return ("list, contact and text", n => FactsAsync(new FactQuery(Contact: LedgerWorkload.Contact(n, facts)) { Text = "event.amount" }));
        yield return ("list, journey", n => FactsAsync(new FactQuery(Journey: LedgerWorkload.Journey(n))));
        yield return ("list, journey, a page in the middle", n => FactsAsync(new FactQuery(Journey: LedgerWorkload.Journey(n), Before: Middle(n))));
        yield return ("list, journey and step", n => FactsAsync(new FactQuery(Journey: LedgerWorkload.Journey(n), Step: "step-2")));
        yield return ("list, journey and passage", n => FactsAsync(new FactQuery(Journey: LedgerWorkload.Journey(n), Ordinal: 1)));
        yield return ("list, kind", _ => FactsAsync(new FactQuery(Kind: "message_suppressed")));
        yield return ("list, kind, a page in the middle", n => FactsAsync(new FactQuery(Kind: "not_enrolled", Before: Middle(n))));
        yield return ("list, reason", _ => FactsAsync(new FactQuery(Reason: Reasons.FrequencyCap)));
        yield return ("list, journey, step and reason", n => FactsAsync(new FactQuery(Journey: LedgerWorkload.Journey(n), Step: "step-2", Reason: Reasons.NoQuota)));
        yield return ("list, channel", _ => FactsAsync(new FactQuery { Channel = "wecom" }));
        yield return ("list, account", _ => FactsAsync(new FactQuery { Account = "sandbox" }));
        yield return ("list, actor", _ => FactsAsync(new FactQuery(Actor: "li")));
        yield return ("list, a stretch of time", n => FactsAsync(new FactQuery(From: Some(n), To: Some(n) + Duration.FromHours(1))));
        yield return ("list, reason in a stretch of time", n => FactsAsync(new FactQuery(Reason: Reasons.QuietHours, From: Some(n), To: Some(n) + Duration.FromHours(1))));
        yield return ("list, a reason that never was", _ => FactsAsync(new FactQuery(Reason: Reasons.TooLarge)));
    }

    // Not the same one twice, and never the same distance apart.
    private int Spread(int n) => (int)((n + 1) * 104_729L * 613 % facts);

    private long Middle(int n) => LedgerWorkload.Place(Spread(n));

    private Instant Some(int n) => LedgerWorkload.At(Spread(n));

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
