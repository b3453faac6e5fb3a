using Automation.Core.Contacts;
using Automation.Core.Primitives;

namespace Automation.Storage.Ledger;

/// <summary>What the number of an event's type stands for in its line.</summary>
internal static class EventTypes
{
    private static readonly string[] Names = [.. Enum.GetValues<EventType>().Select(ChoiceNames.Of)];

    /// <summary>A number that is no type, which only a damaged row has, becomes a text that no seal fits.</summary>
    public static string Name(long type) => type >= 0 && type < Names.Length ? Names[type] : FormattableString.Invariant($"?{type}");
}
