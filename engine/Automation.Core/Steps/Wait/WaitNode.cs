using System.Collections.Immutable;
using NodaTime;

namespace Automation.Core.Steps.Wait;

/// <summary>Holds a contact until a moment. <see cref="For"/> first, then <see cref="Until"/> from there on; at least one of them.</summary>
public sealed record WaitNode(string Id, Duration? For, WaitUntil? Until, string? Next) : StepNode(Id)
{
    public override string Type => "wait";
}

/// <summary>A moment in the contact's zone: the next time of day on one of the days, or around a date attribute.</summary>
/// <param name="Time">Time of day; midnight when null.</param>
/// <param name="Days">Days that count; empty for all.</param>
/// <param name="Date">A date attribute, e.g. <c>contact.expires_on</c>; null for the next time of day.</param>
/// <param name="Offset">Added to the date, may be negative.</param>
public sealed record WaitUntil(LocalTime? Time, ImmutableArray<IsoDayOfWeek> Days, string? Date, Duration Offset);
