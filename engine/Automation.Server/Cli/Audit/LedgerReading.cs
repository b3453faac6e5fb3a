using System.Text;
using System.Text.Json;
using Automation.Core.Deciding;
using Automation.Core.Journeys.Documents;
using Automation.Runtime.Ports;

namespace Automation.Server.Cli.Audit;

/// <summary>Reads rows of a store as facts, and their times as the workspace's.</summary>
internal static class LedgerReading
{
    /// <summary>The workspace's zone, which the store knows once settings were published.</summary>
    public static async ValueTask<LocalTimes> TimesAsync(LedgerSource store, CancellationToken cancellation)
    {
        foreach (var definition in await store.Definitions.ListAsync("settings", cancellation))
        {
            if (definition.Published is { } document && SettingsDocument.Read(Encoding.UTF8.GetBytes(document)).Value is { } settings)
            {
                return LocalTimes.Of(settings.TimeZone);
            }
        }
        return LocalTimes.Default;
    }

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
