namespace Automation.Runtime.Simulation;

/// <summary>What a workspace made of a stream of events.</summary>
public sealed class SimulationReport
{
    internal SimulationReport(ReportBuilder figures)
    {
        Journeys = figures.Journeys;
        Channels = figures.Channels;
    }

    /// <summary>By key, in order.</summary>
    public IReadOnlyDictionary<string, JourneyFigures> Journeys { get; }

    /// <summary>By channel, in order: those that some journey may send on.</summary>
    public IReadOnlyDictionary<string, ChannelFigures> Channels { get; }

    /// <summary>Everything that came in, whatever became of it. Whoever reads the stream adds what was no event at all.</summary>
    public long Total { get; set; }

    /// <summary>Events whose message id came before.</summary>
    public long Duplicates { get; internal set; }

    /// <summary>Events without an identity, and what the reader of the stream adds.</summary>
    public long Rejected { get; set; }

    /// <summary>People, after merging.</summary>
    public long Contacts { get; internal set; }

    /// <summary>Facts decided.</summary>
    public long Facts { get; internal set; }
}
