using Automation.Core.Journeys;

namespace Automation.Runtime.Loop;

/// <summary>Where the journeys stand that decisions are made by.</summary>
public interface IJourneyHolder
{
    JourneySet Journeys { get; set; }
}
