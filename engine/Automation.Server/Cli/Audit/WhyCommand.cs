using System.CommandLine;
using System.Globalization;
using Automation.Core.Contacts;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Server.Cli.Audit;

/// <summary><c>audit why</c>: everything that happened between one contact and one journey, in order, with the values that decided it.</summary>
internal static class WhyCommand
{
    private const int FactsMax = 10_000;

    public static Command Create(Terminal terminal)
    {
        var data = Options.Data();
        var postgres = Options.Postgres();
        var contact = new Option<string>("--contact") { Description = "A user id, an identity (phone=+8613800138000), or id=42.", Required = true };
        var journey = new Option<string>("--journey") { Description = "Key of a journey.", Required = true };
        var command = new Command("why", "Tells why one contact is where they are in one journey.") { data, postgres, contact, journey };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var store = await LedgerSource.OpenAsync(parsed, data, postgres, cancellation);
            var times = await LedgerReading.TimesAsync(store, cancellation);
            var id = await ContactReference.ResolveAsync(store.Ledger, parsed.GetRequiredValue(contact), cancellation);
            var key = parsed.GetRequiredValue(journey);
            var query = new FactQuery(Contact: id, Journey: key, NewestFirst: false, Limit: FactsMax);
            var rows = await store.Ledger.FactsAsync(query, cancellation);
            if (rows.Count == 0 && !await IsKnownAsync(store, key, cancellation))
            {
                throw new CannotRunException("unknown_journey", $"Expected the key of a journey, but there is none called '{key}'.");
            }
            var person = await store.Ledger.ContactAsync(id, cancellation);
            await ShowAsync(terminal, store, rows, times, Standing(person, key, rows, times), id, cancellation);
            return ExitCodes.Fine;
        });
        return command;
    }

    private static async Task<bool> IsKnownAsync(LedgerSource store, string journey, CancellationToken cancellation) =>
        await store.Definitions.FindAsync("journey", journey, cancellation) is not null;

    private static async Task ShowAsync(
        Terminal terminal, LedgerSource store, IReadOnlyList<LedgerRow> rows, LocalTimes times, string standing, long contact,
        CancellationToken cancellation)
    {
        if (terminal.Json)
        {
            terminal.Document(to =>
            {
                to.WriteStartObject();
                to.WriteNumber("contact", contact);
                to.WriteString("standing", standing);
                to.WriteStartArray("facts");
                foreach (var row in rows)
                {
                    RowJson.Write(to, row);
                }
                to.WriteEndArray();
                to.WriteEndObject();
            });
            return;
        }
        var events = (await store.Ledger.EventsAsync(contact, FactsMax, cancellation)).ToDictionary(one => one.MessageId, StringComparer.Ordinal);
        (string? Cause, Instant At) decision = default;
        foreach (var row in rows)
        {
            // One timer after the other is the same cause at another time.
            if (decision != (row.Cause, row.At))
            {
                decision = (row.Cause, row.At);
                terminal.Say($"{times.Show(row.At)}  {Because(row.Cause, events)}");
            }
            var fact = LedgerReading.FactOf(row);
            var place = row.Step is null ? "" : $"{row.Step}: ";
            terminal.Say($"    {place}{(fact is null ? row.Kind : FactSentence.Of(fact, times))}");
            foreach (var value in fact is null || fact.Looked.IsDefaultOrEmpty ? [] : fact.Looked)
            {
                terminal.Say($"        {LookedSentence.Of(value)}");
            }
        }
        terminal.Say($"Now: {standing}");
    }

    private static string Because(string cause, Dictionary<string, ContactEvent> events)
    {
        var (kind, rest) = cause.IndexOf(':', StringComparison.Ordinal) is var colon and > 0
            ? (cause[..colon], cause[(colon + 1)..])
            : (cause, "");
        return kind switch
        {
            "event" => events.TryGetValue(rest, out var happened) ? $"because of the event {happened.Name}" : $"because of the event {rest}",
            "timer" => "because the time came",
            "outcome" => "because the connector told what became of the message",
            "command" => $"because someone asked: {rest}",
            "schedule" => "because the schedule fired",
            "sweep" => "because the journey was published, or its segment saved",
            _ => $"because of {cause}",
        };
    }

    private static string Standing(Contact? contact, string journey, IReadOnlyList<LedgerRow> rows, LocalTimes times)
    {
        if (contact?.MergedInto is { } survivor)
        {
            return string.Create(CultureInfo.InvariantCulture, $"this contact turned out to be contact {survivor}; ask about that one.");
        }
        var here = contact?.Enrollments.Where(one => one.Journey == journey).Select(one => Place(one, times)).ToList() ?? [];
        if (here.Count > 0)
        {
            return $"{string.Join("; ", here)}.";
        }
        var last = rows.LastOrDefault(row => row.Kind is "enrolled" or "not_enrolled" or "completed" or "exited");
        return last?.Kind switch
        {
            "not_enrolled" => $"not in the journey ({last.Reason}).",
            "completed" => "came to the end of the journey.",
            "exited" => $"left the journey ({last.Reason}).",
            _ => "not in the journey; nothing that happened concerned it.",
        };
    }

    private static string Place(Enrollment enrollment, LocalTimes times) => enrollment switch
    {
        { HeldSince: { } since } => $"held at '{enrollment.Step}' since {times.Show(since)}, because the journey is paused",
        { Status: EnrollmentStatus.Stuck } => $"stuck at '{enrollment.Step}' ({enrollment.StuckReason}), waiting for a person",
        { WakeAt: { } wake } => $"at '{enrollment.Step}' until {times.Show(wake)}",
        _ => $"at '{enrollment.Step}'",
    };
}
