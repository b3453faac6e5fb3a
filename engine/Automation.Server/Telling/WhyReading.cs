using System.Globalization;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Runtime.Definitions;
using Automation.Runtime.Ports;
using NodaTime;
using NodaTime.Text;

namespace Automation.Server.Telling;

/// <summary>
/// Reads why: the facts between a contact and a journey, a message or a day, as decisions in plain sentences. Everything is found by the
/// contact, so what it costs depends on how much happened to that contact.
/// </summary>
internal sealed class WhyReading(ILedgerStore ledger, IDefinitionStore definitions, Wording wording)
{
    /// <summary>Facts in one answer.</summary>
    public const int FactsMax = 1_000;

    private const int EventsMax = 1_000;

    /// <exception cref="BadQuestionException">There is no such contact, journey, message or day.</exception>
    public async ValueTask<WhyAnswer> ReadAsync(WhyQuestion question, CancellationToken cancellation)
    {
        var contact = await ledger.ContactAsync(question.Contact, cancellation);
        var query = new FactQuery(Contact: question.Contact, NewestFirst: false, After: question.After, Limit: question.Limit);
        string answer;
        IReadOnlyList<LedgerRow> rows;
        if (question.Message is { } id)
        {
            var message = await MessageAsync(id, question.Contact, cancellation);
            rows = await ledger.FactsAsync(query with { Journey = message.Journey, Ordinal = message.Ordinal, Step = message.Step }, cancellation);
            answer = WhyVerdict.OfMessage(message, wording);
        }
        else if (question.Journey is { } journey)
        {
            rows = await ledger.FactsAsync(query with { Journey = journey }, cancellation);
            var life = await JourneyLife.ReadAsync(ledger, definitions, journey, cancellation);
            if (rows.Count == 0 && life.Definition is null)
            {
                var known = (await definitions.ListAsync(DefinitionKinds.Journey, cancellation)).Select(one => one.Key);
                throw new BadQuestionException("unknown_journey", $"Expected the key of a journey, but there is none called '{journey}'.{Nearest.Hint(journey, known)}");
            }
            answer = rows.Count == 0 && question.After is null
                ? WhyNever.Tell(contact, life, wording)
                : WhyVerdict.OfJourney(contact, journey, Facts(rows), wording);
        }
        else
        {
            var (from, to) = DayOf(question.Day);
            rows = await ledger.FactsAsync(query with { From = from, To = to }, cancellation);
            answer = WhyVerdict.OfDay(question.Day!, Facts(rows), wording);
        }
        return new WhyAnswer(
            question.Contact, Name(contact, question.Contact), question.Journey, question.Message, question.Day, answer,
            WhyStanding.Of(contact, question.Journey, Facts(rows), wording), wording.Times.Zone.Id,
            await DecisionsAsync(question.Contact, rows, cancellation), [], rows.Count == question.Limit ? rows[^1].Place : null);
    }

    private async ValueTask<MessageRow> MessageAsync(Guid id, long contact, CancellationToken cancellation)
    {
        var message = await ledger.MessageAsync(id, cancellation);
        return message is not null && message.Contact == contact
            ? message
            : throw new BadQuestionException("unknown_message", $"Expected a message of this contact, but there is none with the id {id}.");
    }

    private (Instant From, Instant To) DayOf(string? text)
    {
        var parsed = LocalDatePattern.Iso.Parse(text ?? "");
        if (!parsed.Success)
        {
            throw new BadQuestionException("bad_day", $"Expected a day such as 2026-03-01, but found '{text}'.");
        }
        var zone = wording.Times.Zone;
        return (zone.AtStartOfDay(parsed.Value).ToInstant(), zone.AtStartOfDay(parsed.Value.PlusDays(1)).ToInstant());
    }

    private async ValueTask<IReadOnlyList<WhyDecision>> DecisionsAsync(long contact, IReadOnlyList<LedgerRow> rows, CancellationToken cancellation)
    {
        // Names of the events that were the causes; of very old ones the id has to do.
        var events = rows.Any(row => row.Cause.StartsWith("event:", StringComparison.Ordinal))
            ? (await ledger.EventsAsync(contact, EventsMax, cancellation)).DistinctBy(one => one.MessageId).ToDictionary(one => one.MessageId, StringComparer.Ordinal)
            : [];
        var decisions = new List<WhyDecision>();
        (string? Cause, Instant At) last = default;
        var facts = new List<WhyFact>();
        foreach (var row in rows)
        {
            // One timer after the other is the same cause at another time.
            if (last != (row.Cause, row.At))
            {
                last = (row.Cause, row.At);
                facts = [];
                decisions.Add(new WhyDecision(row.At.ToDateTimeOffset(), wording.Show(row.At), CauseSentence.Of(row.Cause, events, wording), facts));
            }
            facts.Add(Tell(row));
        }
        return decisions;
    }

    private WhyFact Tell(LedgerRow row)
    {
        var fact = FactRows.FactOf(row);
        IReadOnlyList<string> looked = fact is null || fact.Looked.IsDefaultOrEmpty ? [] : [.. fact.Looked.Select(value => LookedSentence.Of(value, wording))];
        return new WhyFact(row.Place, row.Kind, row.Reason, row.Journey, row.Step, fact is null ? row.Kind : FactSentence.Of(fact, wording), looked);
    }

    private static List<(Instant At, Fact Fact)> Facts(IReadOnlyList<LedgerRow> rows)
    {
        var facts = new List<(Instant, Fact)>(rows.Count);
        foreach (var row in rows)
        {
            if (FactRows.FactOf(row) is { } fact)
            {
                facts.Add((row.At, fact));
            }
        }
        return facts;
    }

    private static string Name(Contact? contact, long id) =>
        contact?.Identities.FirstOrDefault(one => one.Type == Identity.UserId).Value ?? string.Create(CultureInfo.InvariantCulture, $"id={id}");
}
