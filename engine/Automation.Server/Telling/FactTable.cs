using System.Globalization;
using Automation.Runtime.Ports;
using CsvHelper;
using NodaTime.Text;

namespace Automation.Server.Telling;

/// <summary>Facts as a table, with the columns that every export of them has.</summary>
internal static class FactTable
{
    private static readonly string[] Heads =
        ["sequence", "at", "contact", "journey", "version", "ordinal", "step", "kind", "reason", "cause", "actor", "details"];

    public static void WriteHeads(CsvWriter to) => to.WriteRecord(Heads);

    public static void Write(CsvWriter to, LedgerRow row)
    {
        to.WriteField(Text(row.Place));
        to.WriteField(InstantPattern.ExtendedIso.Format(row.At));
        to.WriteField(Text(row.Contact));
        to.WriteField(row.Journey);
        to.WriteField(Text(row.Version));
        to.WriteField(Text(row.Ordinal));
        to.WriteField(row.Step);
        to.WriteField(row.Kind);
        to.WriteField(row.Reason);
        to.WriteField(row.Cause);
        to.WriteField(row.Actor);
        to.WriteField(row.Details);
        to.EndRecord();
    }

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
