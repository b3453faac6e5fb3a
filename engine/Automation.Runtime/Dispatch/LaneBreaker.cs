using System.Globalization;
using Automation.Connectors;
using Automation.Runtime.Loop;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Automation.Runtime.Dispatch;

/// <summary>
/// What calls say of a lane's account. One that took anything, or refused it for its own sake, is configured well; one that was refused for
/// the account's sake closes the gate, and so do some in a row that were put off.
/// </summary>
internal sealed partial class LaneBreaker(
    string account, string channel, DispatchOptions options, ConnectorRegistry connectors, EngineMetrics metrics, ILogger log, CancellationToken stopping)
{
    private readonly LaneProbe _probe = new(account, new LaneGate(account, channel), connectors, options, log, stopping);
    private int _putOff;

    /// <summary>The door that it closes and opens.</summary>
    public LaneGate Gate => _probe.Gate;

    /// <summary>Asks whether the account works again, as long as the gate is closed.</summary>
    public Task Probing { get; private set; } = Task.CompletedTask;

    public void Close(Instant now, string text, bool isDown)
    {
        if (Gate.Close(now, text, isDown))
        {
            LogHeld(account, channel, text);
            metrics.LanesHeld.Add(1, new KeyValuePair<string, object?>("account", account));
            Probing = _probe.Start(isDown);
        }
    }

    /// <summary>After a call that brought results.</summary>
    public void Judge(Instant now, IReadOnlyList<SendResult> results)
    {
        if (results.Any(static result => result.Reason is not (FailureReason.FixConfiguration or FailureReason.RetryLater or FailureReason.UnknownOutcome)))
        {
            Open();
        }
        else if (results.FirstOrDefault(static result => result.Reason == FailureReason.FixConfiguration) is { } wrong)
        {
            Close(now, wrong.Text ?? "", isDown: false);
        }
        else if (results.Count > 0 && results.All(static result => result.Reason == FailureReason.RetryLater))
        {
            PutOff(now, results[0].Text ?? "it is busy");
        }
    }

    /// <summary>After a call that brought nothing to the vendor.</summary>
    public void Judge(Instant now, ConnectorNotSentException error)
    {
        if (error.Reason == FailureReason.FixConfiguration)
        {
            Close(now, error.Message, isDown: false);
        }
        else if (error.Reason == FailureReason.RetryLater)
        {
            PutOff(now, error.Message);
        }
    }

    private void Open()
    {
        Volatile.Write(ref _putOff, 0);
        if (Gate.Open())
        {
            LogOpened(account, channel);
            metrics.LanesHeld.Add(-1, new KeyValuePair<string, object?>("account", account));
        }
    }

    private void PutOff(Instant now, string said)
    {
        if (Interlocked.Increment(ref _putOff) is var calls && calls >= options.BreakAfter)
        {
            Close(
                now, string.Create(CultureInfo.InvariantCulture, $"Expected the vendor to take messages, but it put off {calls} calls in a row; the last one: {said}"),
                isDown: true);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Account {Account} sends nothing on {Channel} until its configuration is mended; its messages stay queued: {Problem}")]
    private partial void LogHeld(string account, string channel, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "Account {Account} sends again on {Channel}")]
    private partial void LogOpened(string account, string channel);
}
