namespace Automation.Core.Journeys;

/// <summary>All published journeys, compiled: what <c>Decide</c> is given. Immutable; a change of any definition makes a new one.</summary>
public sealed class JourneySet
{
    private JourneySet(JourneySetSource source) => Source = source;

    public JourneySetSource Source { get; }

    public static JourneySet Build(JourneySetSource source) => new(source);
}
