using System.Diagnostics;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;

namespace Automation.Runtime.Dispatch;

/// <summary>One call to a vendor as it is watched: its time, by outcome, and a span for each message in the trace of its decision.</summary>
internal sealed class VendorCall : IDisposable
{
    private static readonly string[] Words = ["answered", "not_sent", "in_doubt"];

    private readonly EngineMetrics _metrics;
    private readonly string _account;
    private readonly string _connector;
    private readonly Dictionary<Guid, Activity> _spans = [];
    private long _started = Stopwatch.GetTimestamp();
    private int _word = 2;

    public VendorCall(EngineMetrics metrics, string account, string connector, IReadOnlyList<QueuedMessage> messages)
    {
        (_metrics, _account, _connector) = (metrics, account, connector);
        foreach (var message in messages)
        {
            if (EngineTrace.Sending(message.Trace) is { } span)
            {
                span.SetTag(EngineTrace.MessageTag, message.Id.ToString()).SetTag("automation.account", account).SetTag("automation.channel", message.Channel)
                    .SetTag("automation.journey", message.Journey).SetTag("automation.step", message.Step).SetTag("automation.attempt", message.Attempt);
                _spans[message.Id] = span;
            }
        }
    }

    /// <summary>The account's rate lets it go: what it waited for that is not the vendor's time.</summary>
    public void Begins() => _started = Stopwatch.GetTimestamp();

    /// <summary>The vendor said something about the messages.</summary>
    public void Answered() => _word = 0;

    /// <summary>Nothing went out.</summary>
    public void NotSent() => _word = 1;

    /// <summary>Once, when the call has ended; without one of the others its outcome is in doubt.</summary>
    public void Ended() => _metrics.VendorSeconds.Record(
        Stopwatch.GetElapsedTime(_started).TotalSeconds, new KeyValuePair<string, object?>("account", _account),
        new KeyValuePair<string, object?>("connector", _connector), new KeyValuePair<string, object?>("outcome", Words[_word]));

    /// <summary>What became of one message.</summary>
    public void Outcome(Guid message, string outcome)
    {
        if (_spans.Remove(message, out var span))
        {
            span.SetTag("automation.outcome", outcome).Stop();
        }
    }

    public void Dispose()
    {
        foreach (var span in _spans.Values)
        {
            span.Stop();
        }
    }
}
