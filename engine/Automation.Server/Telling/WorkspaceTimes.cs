using System.Text;
using Automation.Core.Journeys.Documents;
using Automation.Runtime.Ports;

namespace Automation.Server.Telling;

/// <summary>The workspace's zone, which the store knows once settings were published.</summary>
internal static class WorkspaceTimes
{
    public static async ValueTask<LocalTimes> ReadAsync(IDefinitionStore definitions, CancellationToken cancellation)
    {
        foreach (var definition in await definitions.ListAsync("settings", cancellation))
        {
            if (definition.Published is { } document && SettingsDocument.Read(Encoding.UTF8.GetBytes(document)).Value is { } settings)
            {
                return LocalTimes.Of(settings.TimeZone);
            }
        }
        return LocalTimes.Default;
    }
}
