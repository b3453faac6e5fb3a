using System.Collections.Immutable;
using System.Text;
using Automation.Connectors;
using Automation.Core.Journeys;
using Automation.Core.Journeys.Documents;
using Automation.Core.Workspaces;
using Automation.Runtime.Dispatch;
using Automation.Runtime.Ports;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Automation.Runtime.Definitions;

/// <summary>
/// From stored documents to what a journey set is compiled from. Published documents were checked, so one that cannot be
/// read now was written by another release: it is left out, and the log says so, rather than everybody else's journeys stop.
/// </summary>
public sealed partial class WorkspaceReader(
    IDefinitionStore definitions, ILedgerStore ledger, Func<string, string> reveal, ILogger<WorkspaceReader> log)
{
    // Older versions are kept for those who are on the way in them, for their goals and for their late receipts.
    private const int VersionsMax = 50;

    private readonly Dictionary<(string Kind, string Key, int Version), object?> _parsed = [];

    public async ValueTask<JourneySetSource> ReadAsync(ImmutableArray<AccountTraits> accounts, CancellationToken cancellation) => new()
    {
        Settings = (await PublishedAsync(DefinitionKinds.Settings, SettingsDocument.Read, cancellation))
            .FirstOrDefault(one => one.Key == DefinitionKinds.SettingsKey).Value ?? WorkspaceSettings.Default,
        Journeys = await JourneysAsync(cancellation),
        Templates = [.. (await PublishedAsync(DefinitionKinds.Template, TemplateDocument.Read, cancellation))
            .Select(one => one.Value with { Version = one.Version })],
        Segments = [.. (await PublishedAsync(DefinitionKinds.Segment, SegmentDocument.Read, cancellation))
            .Select(one => one.Value with { SavedAt = one.SavedAt })],
        Accounts = accounts,
    };

    public async ValueTask<IReadOnlyList<ConnectorAccount>> AccountsAsync(CancellationToken cancellation)
    {
        var accounts = new List<ConnectorAccount>();
        foreach (var definition in await definitions.ListAsync(DefinitionKinds.Account, cancellation))
        {
            try
            {
                if (definition.Published is { } document)
                {
                    accounts.Add(AccountDocument.Read(definition.Key, document, reveal));
                }
            }
            catch (ConnectorConfigurationException wrong)
            {
                LogNotReadable(DefinitionKinds.Account, definition.Key, definition.PublishedVersion, wrong.Message);
            }
        }
        return accounts;
    }

    private async ValueTask<ImmutableArray<JourneyVersion>> JourneysAsync(CancellationToken cancellation)
    {
        var journeys = ImmutableArray.CreateBuilder<JourneyVersion>();
        foreach (var definition in await definitions.ListAsync(DefinitionKinds.Journey, cancellation))
        {
            if (definition.PublishedVersion == 0)
            {
                continue;
            }
            var state = JourneyState.Read(definition.State);
            var standing = (await ledger.StepCountsAsync(definition.Key, cancellation)).Select(count => count.Version).ToHashSet();
            foreach (var version in await definitions.VersionsAsync(DefinitionKinds.Journey, definition.Key, cancellation))
            {
                if (version.Version <= definition.PublishedVersion - VersionsMax && !standing.Contains(version.Version))
                {
                    continue;
                }
                if (Parse(DefinitionKinds.Journey, definition.Key, version.Version, version.Document, JourneyDocument.Read) is { } journey)
                {
                    var isCurrent = version.Version == definition.PublishedVersion && !state.IsArchived;
                    journeys.Add(new JourneyVersion(
                        journey, version.Version, isCurrent, state.Pause, isCurrent ? state.PublishedAt : null, state.CountExisting));
                }
            }
        }
        return journeys.ToImmutable();
    }

    private async ValueTask<List<(string Key, int Version, Instant SavedAt, T Value)>> PublishedAsync<T>(
        string kind, Func<ReadOnlyMemory<byte>, Reading<T>> read, CancellationToken cancellation)
        where T : class
    {
        var found = new List<(string, int, Instant, T)>();
        foreach (var definition in await definitions.ListAsync(kind, cancellation))
        {
            if (definition.Published is { } document
                && Parse(kind, definition.Key, definition.PublishedVersion, document, read) is { } value)
            {
                found.Add((definition.Key, definition.PublishedVersion, definition.UpdatedAt, value));
            }
        }
        return found;
    }

    // A published version never changes, so it is parsed once.
    private T? Parse<T>(string kind, string key, int version, string document, Func<ReadOnlyMemory<byte>, Reading<T>> read)
        where T : class
    {
        if (_parsed.TryGetValue((kind, key, version), out var known))
        {
            return (T?)known;
        }
        var reading = read(Encoding.UTF8.GetBytes(document));
        if (reading.Value is null)
        {
            LogNotReadable(kind, key, version, reading.Findings.IsEmpty ? "" : reading.Findings[0].Message);
        }
        _parsed[(kind, key, version)] = reading.Value;
        return reading.Value;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The {Kind} {Key}, version {Version}, cannot be read and is left out: {Problem}")]
    private partial void LogNotReadable(string kind, string key, int version, string problem);
}
