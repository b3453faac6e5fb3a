using System.CommandLine;
using System.Globalization;
using Automation.Runtime.Audit;
using Automation.Runtime.Ports;

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
        var command = new Command("verify", "Recomputes the chain of seals over everything that was decided.") { data, postgres, rebuild };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var store = await LedgerSource.OpenAsync(parsed, data, postgres, cancellation);
            var verdict = await MergedPartitions.VerifyAsync(store.Ledger, Counter(terminal, "checked"), cancellation);
            terminal.ClearProgress();
            Rebuilding? rebuilt = null;
            if (parsed.GetValue(rebuild) && verdict.DroppedBefore is null)
            {
                rebuilt = new Rebuilding();
                await rebuilt.RunAsync(store.Ledger, Counter(terminal, "replayed"), cancellation);
                terminal.ClearProgress();
            }
            Show(terminal, verdict, rebuilt, parsed.GetValue(rebuild));
            return verdict.Intact && rebuilt is null or { DifferingCount: 0 } ? ExitCodes.Fine : ExitCodes.Findings;
        });
        return command;
    }

    private static InlineProgress Counter(Terminal terminal, string word) =>
        new(count => terminal.Progress(string.Create(CultureInfo.InvariantCulture, $"{count:N0} records {word}")));

    private static void Show(Terminal terminal, VerifyResult verdict, Rebuilding? rebuilt, bool wantsRebuilt)
    {
        if (terminal.Json)
        {
            terminal.Document(to =>
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
                if (wantsRebuilt && rebuilt is null)
                {
                    to.WriteString("not_rebuilt", RecordsDropped);
                }
                if (rebuilt is not null)
                {
                    to.WriteStartObject("rebuilt");
                    to.WriteNumber("contacts", rebuilt.Contacts);
                    to.WriteNumber("differing", rebuilt.DifferingCount);
                    to.WriteStartArray("differing_contacts");
                    foreach (var contact in rebuilt.Differing)
                    {
                        to.WriteNumberValue(contact);
                    }
                    to.WriteEndArray();
                    to.WriteEndObject();
                }
                to.WriteEndObject();
            });
            return;
        }
        terminal.Say(verdict.Intact
            ? string.Create(CultureInfo.InvariantCulture, $"Intact: {verdict.Facts} facts and {verdict.Events} events under {verdict.Seals} seals.")
            : string.Create(CultureInfo.InvariantCulture, $"Broken at row {verdict.BrokenSequence}: {verdict.Problem}"));
        if (verdict.DroppedBefore is { } dropped)
        {
            terminal.Say($"Records of commits before {RowJson.Time(dropped)} were dropped by retention; the chain is verified from there.");
        }
        if (wantsRebuilt && rebuilt is null)
        {
            terminal.Say("Not rebuilt: a contact is the fold of all its records, and the first of them were dropped.");
        }
        if (rebuilt is not null)
        {
            terminal.Say(rebuilt.DifferingCount == 0
                ? string.Create(CultureInfo.InvariantCulture, $"Rebuilt: all {rebuilt.Contacts} contacts are the fold of their events and facts.")
                : string.Create(CultureInfo.InvariantCulture, $"Rebuilt: {rebuilt.DifferingCount} of {rebuilt.Contacts} contacts differ from their events and facts, first {string.Join(", ", rebuilt.Differing.Take(10))}."));
        }
    }

    /// <summary>Tells at once; <see cref="Progress{T}"/> would tell on another thread, after the answer is printed.</summary>
    private sealed class InlineProgress(Action<long> tell) : IProgress<long>
    {
        public void Report(long value) => tell(value);
    }
}
