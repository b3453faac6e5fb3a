using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Automation.Runtime.Audit;
using Automation.Runtime.Ports;
using Automation.Server.Telling;

namespace Automation.Server.Cli.Audit;

/// <summary>
/// <c>audit verify</c>: recomputes the chain of seals, and with <c>--rebuild</c> every contact from its records alone.
/// </summary>
internal static class VerifyCommand
{
    /// <summary>Why contacts were not rebuilt: retention dropped what they are the fold of.</summary>
    private const string RecordsDropped = "records_dropped";

    public static Command Create(Terminal terminal)
    {
        var data = Options.Data();
        var postgres = Options.Postgres();
        var rebuild = new Option<bool>("--rebuild")
        {
            Description = "Also fold every contact from its events and facts and compare it with the stored one. Nobody may write meanwhile. After retention there is nothing to fold from, and it says so.",
        };
        var from = new Option<string?>("--from") { Description = "Only from this place on (a sequence, as facts show it), or from this time. The seal before it is taken as it stands." };
        var until = new Option<string?>("--until") { Description = "Only up to this place, or to commits before this time." };
        var anchor = new Option<string?>("--anchor") { Description = "A signed anchor that was kept elsewhere: does the ledger still hold what it held then?", HelpName = "FILE" };
        var publicKey = new Option<string?>("--public-key") { Description = "The key that anchors are signed with (PEM).", HelpName = "FILE" };
        var command = new Command("verify", "Recomputes the chain of seals over everything that was decided, or over a range.")
        {
            data, postgres, rebuild, from, until, anchor, publicKey,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var store = await LedgerSource.OpenAsync(parsed, data, postgres, cancellation);
            var kept = parsed.GetValue(anchor) is { } file ? await AnchorCommand.ReadAsync(file, parsed.GetValue(publicKey), cancellation) : null;
            var spans = await SpansAsync(store, parsed.GetValue(from), parsed.GetValue(until), cancellation);
            var verdict = await MergedPartitions.VerifyAsync(store.Ledger, Counter(terminal, "checked"), cancellation, spans);
            if (kept is not null && await kept.CompareAsync(store.Ledger, cancellation) is { } problem)
            {
                verdict = verdict with { Intact = false, Problem = verdict.Problem ?? problem };
            }
            terminal.ClearProgress();
            Rebuilding? rebuilt = null;
            Recounting? recounted = null;
            if (parsed.GetValue(rebuild))
            {
                recounted = new Recounting(verdict.DroppedBefore);
                rebuilt = verdict.DroppedBefore is null ? new Rebuilding() : null;
                var replayed = Counter(terminal, "replayed");
                await (rebuilt?.RunAsync(store.Ledger, replayed, cancellation, recounted) ?? recounted.ReadAsync(store.Ledger, replayed, cancellation));
                await recounted.CompareAsync(store.Ledger, cancellation);
                terminal.ClearProgress();
            }
            Show(terminal, verdict, rebuilt, recounted, kept?.Day);
            return verdict.Intact && (rebuilt?.DifferingCount ?? 0) == 0 && (recounted?.Differing ?? 0) == 0 ? ExitCodes.Fine : ExitCodes.Findings;
        });
        return command;
    }

    private static async ValueTask<Func<int, ValueTask<VerifySpan?>>?> SpansAsync(LedgerSource store, string? from, string? until, CancellationToken cancellation)
    {
        try
        {
            return VerifyRange.Of(store.Ledger, await WorkspaceTimes.ReadAsync(store.Definitions, cancellation), from, until, cancellation);
        }
        catch (BadQuestionException bad)
        {
            throw new CannotRunException(bad.Code, bad.Message, bad);
        }
    }

    private static InlineProgress Counter(Terminal terminal, string word) =>
        new(count => terminal.Progress(string.Create(CultureInfo.InvariantCulture, $"{count:N0} records {word}")));

    private static void Show(Terminal terminal, VerifyResult verdict, Rebuilding? rebuilt, Recounting? recounted, string? anchored)
    {
        var wantsRebuilt = recounted is not null;
        if (terminal.Json)
        {
            terminal.Document(to => Write(to, verdict, rebuilt, recounted, anchored));
            return;
        }
        terminal.Say(verdict.Intact
            ? string.Create(CultureInfo.InvariantCulture, $"Intact: {verdict.Facts} facts and {verdict.Events} events under {verdict.Seals} seals.")
            : verdict.BrokenSequence is null ? $"Broken: {verdict.Problem}"
            : string.Create(CultureInfo.InvariantCulture, $"Broken at row {verdict.BrokenSequence}: {verdict.Problem}"));
        if (anchored is not null && verdict.Intact)
        {
            terminal.Say($"It holds what was anchored at the end of {anchored}.");
        }
        if (verdict.DroppedBefore is { } dropped)
        {
            terminal.Say($"Records of commits before {RowJson.Time(dropped)} were dropped by retention; the chain is verified from there.");
        }
        if (wantsRebuilt && rebuilt is null)
        {
            terminal.Say("Not rebuilt: a contact is the fold of all its records, and the first of them were dropped.");
        }
        if (recounted is not null)
        {
            terminal.Say(recounted.Differing == 0
                ? string.Create(CultureInfo.InvariantCulture, $"Recounted: all {recounted.Counts} counts are those of the facts{(verdict.DroppedBefore is null ? "" : " since")}.")
                : string.Create(CultureInfo.InvariantCulture, $"Recounted: {recounted.Differing} of {recounted.Counts} counts differ from the facts."));
        }
        if (rebuilt is not null)
        {
            terminal.Say(rebuilt.DifferingCount == 0
                ? string.Create(CultureInfo.InvariantCulture, $"Rebuilt: all {rebuilt.Contacts} contacts are the fold of their events and facts{(rebuilt.Erased == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {rebuilt.Erased} of them were erased"))}.")
                : string.Create(CultureInfo.InvariantCulture, $"Rebuilt: {rebuilt.DifferingCount} of {rebuilt.Contacts} contacts differ from their events and facts, first {string.Join(", ", rebuilt.Differing.Take(10))}."));
        }
    }

    private static void Write(Utf8JsonWriter to, VerifyResult verdict, Rebuilding? rebuilt, Recounting? recounted, string? anchored)
    {
        to.WriteStartObject();
        to.WriteBoolean("intact", verdict.Intact);
        to.WriteNumber("facts", verdict.Facts);
        to.WriteNumber("events", verdict.Events);
        to.WriteNumber("seals", verdict.Seals);
        if (verdict.BrokenSequence is { } broken)
        {
            to.WriteNumber("broken_sequence", broken);
        }
        if (verdict.Problem is { } problem)
        {
            to.WriteString("problem", problem);
        }
        if (verdict.DroppedBefore is { } before)
        {
            to.WriteString("dropped_before", RowJson.Time(before));
        }
        if (recounted is not null && rebuilt is null)
        {
            to.WriteString("not_rebuilt", RecordsDropped);
        }
        if (anchored is not null)
        {
            to.WriteString("anchored", anchored);
        }
        if (recounted is not null)
        {
            to.WriteStartObject("recounted");
            to.WriteNumber("counts", recounted.Counts);
            to.WriteNumber("differing", recounted.Differing);
            to.WriteEndObject();
        }
        if (rebuilt is not null)
        {
            to.WriteStartObject("rebuilt");
            to.WriteNumber("contacts", rebuilt.Contacts);
            to.WriteNumber("differing", rebuilt.DifferingCount);
            to.WriteNumber("erased", rebuilt.Erased);
            to.WriteStartArray("differing_contacts");
            foreach (var contact in rebuilt.Differing)
            {
                to.WriteNumberValue(contact);
            }
            to.WriteEndArray();
            to.WriteEndObject();
        }
        to.WriteEndObject();
    }

    /// <summary>Tells at once; <see cref="Progress{T}"/> would tell on another thread, after the answer is printed.</summary>
    private sealed class InlineProgress(Action<long> tell) : IProgress<long>
    {
        public void Report(long value) => tell(value);
    }
}
