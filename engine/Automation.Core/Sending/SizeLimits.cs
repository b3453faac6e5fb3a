using System.Text;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Core.Rules;

namespace Automation.Core.Sending;

/// <summary>The last gate: what was rendered must fit the channel of its account.</summary>
internal static class SizeLimits
{
    /// <summary>The limit that was passed, or null.</summary>
    public static EvaluatedValue? Exceeded(Turn turn, in Way way, PropertyBag content)
    {
        var channel = way.Channel;
        if (turn.Journeys.FindAccount(way.Account)?.Channels.FirstOrDefault(traits => traits.Channel == channel) is not { } limits)
        {
            return null;
        }
        if (limits.TextMax is { } textMax && content.Find("text") is string text && text.Length > textMax)
        {
            return new EvaluatedValue("content.text.length", "<=", (long)textMax, (long)text.Length, false);
        }
        if (limits.BytesMax is { } bytesMax && Bytes(content) is var bytes && bytes > bytesMax)
        {
            return new EvaluatedValue("content.bytes", "<=", (long)bytesMax, bytes, false);
        }
        return null;
    }

    /// <summary>The size of a value as compact JSON, escapes left out: close enough for limits of kilobytes, and free of allocation.</summary>
    private static long Bytes(object? value) => value switch
    {
        string text => Encoding.UTF8.GetByteCount(text) + 2,
        PropertyBag bag => bag.Sum(pair => Encoding.UTF8.GetByteCount(pair.Key) + 4 + Bytes(pair.Value)) + 2,
        IReadOnlyList<object?> list => list.Sum(item => Bytes(item) + 1) + 2,
        _ => PropertyValues.Text(value)?.Length ?? 4,
    };
}
