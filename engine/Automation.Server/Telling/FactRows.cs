using System.Text;
using System.Text.Json;
using Automation.Core.Deciding;
using Automation.Runtime.Ports;

namespace Automation.Server.Telling;

/// <summary>Rows of a store as facts.</summary>
internal static class FactRows
{
    /// <summary>The fact of a row; null where a newer engine wrote a kind that this one does not know.</summary>
    public static Fact? FactOf(LedgerRow row)
    {
        var header = new FactHeader(row.Kind, row.Journey, row.Version, row.Ordinal, row.Step, row.Reason, row.Actor);
        var details = Encoding.UTF8.GetBytes(row.Details);
        try
        {
            using var document = JsonDocument.Parse(details);
            return document.RootElement.TryGetProperty("details", out _) && document.RootElement.TryGetProperty("kind", out _)
                ? FactJson.Read(details)
                : FactJson.ReadDetails(header, details);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
