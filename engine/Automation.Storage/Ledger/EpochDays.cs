using NodaTime;

namespace Automation.Storage.Ledger;

/// <summary>A day as a number, counted from 1970-01-01.</summary>
internal static class EpochDays
{
    private static readonly LocalDate First = new(1970, 1, 1);

    public static int Of(LocalDate day) => Period.DaysBetween(First, day);

    public static LocalDate Day(int number) => First.PlusDays(number);
}
