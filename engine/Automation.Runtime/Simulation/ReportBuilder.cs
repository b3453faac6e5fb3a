using Automation.Core.Deciding;
using Automation.Core.Journeys;
using Automation.Core.Steps.Send;
using Automation.Core.Workspaces;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Simulation;

/// <summary>
/// Adds up the facts of a simulation as they come. It knows nothing that facts do not say, so the same figures come out of a
/// ledger.
/// </summary>
internal sealed class ReportBuilder
{
    private readonly DateTimeZone _zone;
    private readonly SortedDictionary<string, JourneyFigures> _journeys = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ChannelFigures> _channels = new(StringComparer.Ordinal);
    private readonly Passages _passages = new();
    private readonly HashSet<Guid> _calls = [];

    public ReportBuilder(Workspace workspace)
    {
        _zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(workspace.Settings.TimeZone) ?? DateTimeZoneProviders.Tzdb[WorkspaceSettings.DefaultZone];
        foreach (var journey in workspace.Journeys)
        {
            _journeys[journey.Key] = new JourneyFigures(journey);
            foreach (var channel in ChannelsOf(journey))
            {
                _channels.TryAdd(channel, new ChannelFigures());
            }
        }
    }

    /// <summary>By key, in order.</summary>
    public IReadOnlyDictionary<string, JourneyFigures> Journeys => _journeys;

    /// <summary>By channel, in order: those that some journey may send on.</summary>
    public IReadOnlyDictionary<string, ChannelFigures> Channels => _channels;

    public void Add(in RecordedFact recorded)
    {
        switch (recorded.Fact)
        {
            case ContactFact.ContactAbsorbed absorbed:
                _passages.Merge(recorded.Contact, absorbed.Other);
                break;
            case JourneyFact fact when _journeys.TryGetValue(fact.Journey, out var journey):
                Add(journey, recorded.Contact, fact);
                break;
            case StepFact fact when _journeys.TryGetValue(fact.Journey, out var journey):
                _passages.Follow(journey, recorded.Contact, fact);
                Add(journey, fact, recorded.At);
                break;
            default:
                break;
        }
    }

    private void Add(JourneyFigures journey, long contact, JourneyFact fact)
    {
        switch (fact)
        {
            case JourneyFact.Enrolled enrolled:
                journey.Enrolled++;
                _passages.Begin(contact, enrolled);
                break;
            case JourneyFact.NotEnrolled:
                journey.Refuse(fact.Reason ?? "");
                break;
            case JourneyFact.GoalReached reached:
                journey.Converted++;
                journey.Value += reached.Value ?? 0;
                break;
            default:
                break;
        }
    }

    private void Add(JourneyFigures journey, StepFact fact, Instant at)
    {
        switch (fact)
        {
            case StepFact.Completed:
                journey.Completed++;
                break;
            case StepFact.Exited:
                journey.Exited++;
                break;
            case StepFact.MessageQueued { IsCall: true } call:
                _calls.Add(call.Message);
                break;
            case StepFact.MessageSent sent when !_calls.Contains(sent.Message):
                Channel(sent.Channel).Send(at.InZone(_zone).Date);
                break;
            case StepFact.MessageSuppressed suppressed:
                Channel(suppressed.Channel).Suppress(fact.Reason ?? "");
                break;
            default:
                break;
        }
    }

    private ChannelFigures Channel(string key)
    {
        if (!_channels.TryGetValue(key, out var channel))
        {
            _channels[key] = channel = new ChannelFigures();
        }
        return channel;
    }

    private static IEnumerable<string> ChannelsOf(Journey journey) => journey.Steps.OfType<SendNode>()
        .SelectMany(send => send.Fallback.Select(way => way.Channel).Prepend(send.Channel));
}
