using Automation.Connectors;
using Automation.Runtime.Loop;

namespace Automation.Runtime.Dispatch;

/// <summary>Counts what vendors bill. A vendor says it once, with its answer or with the receipt.</summary>
internal static class Charges
{
    public static void Count(EngineMetrics metrics, string account, Charge? charge)
    {
        if (charge is null)
        {
            return;
        }
        var of = new KeyValuePair<string, object?>("account", account);
        metrics.Segments.Add(charge.Segments, of);
        if (charge.Amount is { } amount)
        {
            metrics.Cost.Add((double)amount, of, new KeyValuePair<string, object?>("currency", charge.Currency));
        }
    }
}
