using System.Threading.Channels;
using Automation.Connectors;
using Automation.Core.Deciding;
using Automation.Runtime.Holds;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Microsoft.Extensions.Logging;

namespace Automation.Runtime.Dispatch;

/// <summary>
/// The messages of one account on one channel, and the few workers that bring them to its connector. Each worker claims what
/// it takes before it calls, so a crash leaves at most one call a worker in doubt. A slow vendor fills its own lane and no other.
/// </summary>
internal sealed partial class AccountLane
{
    private readonly DispatchOptions _options;
    private readonly IEngine _engine;
    private readonly ConnectorRegistry _connectors;
    private readonly OutcomeDesk _outcomes;
    private readonly EngineMetrics _metrics;
    private readonly ILogger _log;
    private readonly Action _hasRoom;
    private readonly CancellationToken _stopping;
    private readonly Channel<QueuedMessage> _waiting;
    private readonly HashSet<Guid> _held = [];
    private readonly LaneBreaker _breaker;
    private readonly Task[] _workers;
    private readonly LanePace _pace;
    private readonly HoldBook _holds;
    private int _spilled;

    public AccountLane(
        string account, string channel, int batchSizeMax, DispatchOptions options, IEngine engine, ConnectorRegistry connectors,
        OutcomeDesk outcomes, IRateLimits limits, HoldBook holds, EngineMetrics metrics, ILogger log, Action hasRoom, CancellationToken stopping)
    {
        Account = account;
        ChannelKey = channel;
        _options = options;
        _engine = engine;
        _connectors = connectors;
        _outcomes = outcomes;
        _pace = new LanePace($"{account}/{channel}", limits);
        _holds = holds;
        _metrics = metrics;
        _log = log;
        _hasRoom = hasRoom;
        _stopping = stopping;
        _breaker = new LaneBreaker(account, channel, options, connectors, metrics, log, stopping);
        _waiting = Channel.CreateBounded<QueuedMessage>(options.LaneMax);
        _workers = new Task[batchSizeMax >= options.BulkFrom ? options.BulkCallsMax : options.CallsMax];
        for (var i = 0; i < _workers.Length; i++)
        {
            _workers[i] = Task.Run(WorkAsync, CancellationToken.None);
        }
    }

    public string Account { get; }

    public string ChannelKey { get; }

    public int Waiting => _waiting.Reader.Count;

    /// <summary>Why it sends nothing, or null.</summary>
    public LaneHold? Hold => _breaker.Gate.Hold is { } hold ? hold with { Waiting = Waiting } : null;

    public Task Ended => Task.WhenAll([.. _workers, _breaker.Probing]);

    /// <summary>Something about the account changed: where it is held, one message may try.</summary>
    public void LetOneTry() => _breaker.Gate.LetOneTry();

    /// <returns>
    /// False when there is no room; the message stays queued in the store. One that is here already is taken as accepted, and so is one
    /// that a person holds back: it takes no room, and is found in the store when it is released.
    /// </returns>
    public bool Accept(QueuedMessage message)
    {
        if (_holds.Holding(message) is not null)
        {
            return true;
        }
        lock (_held)
        {
            if (!_held.Add(message.Id))
            {
                return true;
            }
            if (_waiting.Writer.TryWrite(message))
            {
                return true;
            }
            _held.Remove(message.Id);
        }
        Volatile.Write(ref _spilled, 1);
        return false;
    }

    /// <summary>Its outcome is durable, or it is somebody else's now: it may come again.</summary>
    public void Release(Guid message)
    {
        lock (_held)
        {
            _held.Remove(message);
        }
    }

    private async Task WorkAsync()
    {
        var group = new List<QueuedMessage>();
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(_stopping))
            {
                await PassAsync(group);
                if (Volatile.Read(ref _spilled) == 1 && _waiting.Reader.Count < _options.LaneMax / 2 && Interlocked.Exchange(ref _spilled, 0) == 1)
                {
                    _hasRoom();
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // What was not claimed is still queued in the store.
        }
    }

    /// <summary>One call, once the door is open.</summary>
    private async ValueTask PassAsync(List<QueuedMessage> group)
    {
        var isTrial = !await _breaker.Gate.EnterAsync(_stopping);
        try
        {
            await _outcomes.RoomAsync(_stopping);
            using var account = _connectors.Lease(Account);
            if (account is null)
            {
                _breaker.Close(_engine.Clock.GetCurrentInstant(), $"Expected an account '{Account}', but there is none that works.", isDown: false);
                return;
            }
            var rate = await TakeAsync(group, account, isTrial);
            if (group.Count > 0)
            {
                await SendAsync([.. group], account, rate);
                group.Clear();
            }
        }
        finally
        {
            if (isTrial)
            {
                _breaker.Gate.TrialEnded();
            }
        }
    }

    /// <summary>Takes what is there, as far as one call and the vendor's rate allow.</summary>
    /// <returns>The account's messages a second, or null where there is no limit.</returns>
    private async ValueTask<double?> TakeAsync(List<QueuedMessage> group, AccountLease account, bool isTrial)
    {
        var channel = account.Manifest.Channel(ChannelKey);
        var size = Math.Min(channel?.Limits.BatchSizeMax ?? 1, isTrial ? 1 : _options.CallSizeMax);
        if (channel is null || account.Account.MessagesPerSecond(channel) is not { } rate)
        {
            Fill(group, size);
            return null;
        }
        var granted = await _pace.TakeAsync(rate, () => Math.Min(size, Waiting), _stopping);
        // While this one stood in line the vendor may have refused another: its messages stay queued, as theirs do.
        Fill(group, isTrial || _breaker.Gate.Hold is null ? granted : 0);
        await _pace.ReturnAsync(rate, granted - group.Count);
        return rate;
    }

    // What does not go is told at once and takes nothing of the rate.
    private void Fill(List<QueuedMessage> group, int max)
    {
        while (group.Count < max && _waiting.Reader.TryRead(out var message))
        {
            if (_holds.Holding(message) is not null)
            {
                Release(message.Id);
            }
            else if (_holds.WaitedUntil(message) is { } released)
            {
                // Let go first: the core may hand it out again before this outcome is known here to be durable.
                Release(message.Id);
                Report(message, new MessageOutcome(message.Id, OutcomeKind.Released, released));
            }
            else if (message.SendBefore is { } before && _engine.Clock.GetCurrentInstant() is var now && before <= now)
            {
                Report(message, new MessageOutcome(message.Id, OutcomeKind.Expired, now, Text: "Expected to send it before its time ran out, but it was still queued."));
            }
            else
            {
                group.Add(message);
            }
        }
    }

    private async ValueTask SendAsync(List<QueuedMessage> ready, AccountLease account, double? rate)
    {
        var taken = ready.Count;
        if (!await ClaimAsync(ready))
        {
            ready.Clear();
        }
        if (rate is { } perSecond)
        {
            await _pace.ReturnAsync(perSecond, taken - ready.Count);
        }
        if (ready.Count > 0)
        {
            await CallAsync(ready, account, rate);
        }
    }

    /// <summary>Leaves in the list what this process may send.</summary>
    private async ValueTask<bool> ClaimAsync(List<QueuedMessage> ready)
    {
        var intents = new SendIntent[ready.Count];
        for (var i = 0; i < intents.Length; i++)
        {
            intents[i] = new SendIntent(ready[i].Id, ready[i].Attempt);
        }
        try
        {
            var claimed = await _engine.ClaimIntentsAsync(intents, _stopping);
            if (claimed.Count < ready.Count)
            {
                foreach (var message in ready)
                {
                    if (!claimed.Contains(message.Id))
                    {
                        Release(message.Id);
                    }
                }
                ready.RemoveAll(message => !claimed.Contains(message.Id));
            }
            return true;
        }
        catch (Exception error) when (error is StoreFullException or EngineUnavailableException)
        {
            LogNotClaimed(error, ready.Count, Account);
            ready.ForEach(message => Release(message.Id));
            Volatile.Write(ref _spilled, 1);
            await Task.Delay(_options.RetryEvery, _stopping);
            return false;
        }
    }

    /// <summary>Calls the connector with what was claimed. A call under way when the process stops gets the grace to end: cutting it off would make its outcome unknown.</summary>
    private async ValueTask CallAsync(List<QueuedMessage> messages, AccountLease account, double? rate)
    {
        using var ending = new CancellationTokenSource(_options.CallTimeout);
        using var grace = _stopping.Register(() => ending.CancelAfter(_options.StopGrace));
        var batch = messages.ConvertAll(OutgoingMessages.Of);
        IReadOnlyList<SendResult> results;
        using var call = new VendorCall(_metrics, Account, account.Manifest.Key, messages);
        try
        {
            results = await _pace.CallAsync(
                rate, batch.Count,
                () =>
                {
                    call.Begins();
                    return LaneCall.ReturningAsync(account.Connector, batch, _options.StopGrace, ending.Token);
                },
                ending.Token);
            call.Answered();
        }
        catch (ConnectorHangsException error)
        {
            // Whatever it does there, no second call joins it: not before the connector says that it is well.
            LogCallHangs(messages.Count, Account);
            _breaker.Close(_engine.Clock.GetCurrentInstant(), error.Message, isDown: false);
            results = [];
        }
        catch (ConnectorNotSentException error)
        {
            var at = _engine.Clock.GetCurrentInstant();
            call.NotSent();
            _breaker.Judge(at, error);
            messages.ForEach(message => Report(message, OutgoingMessages.NotSent(message.Id, at, error), call));
            return;
        }
#pragma warning disable CA1031 // By the contract every other exception means: perhaps sent.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogCallFailed(error, messages.Count, Account);
            results = [];
        }
        finally
        {
            call.Ended();
        }
        var now = _engine.Clock.GetCurrentInstant();
        var byId = new Dictionary<Guid, SendResult>(results.Count);
        foreach (var result in results)
        {
            byId[result.MessageId] = result;
            Charges.Count(_metrics, Account, result.Charge);
        }
        _breaker.Judge(now, results);
        for (var i = 0; i < messages.Count; i++)
        {
            var result = byId.GetValueOrDefault(messages[i].Id)
                ?? SendResult.Unknown(batch[i], "Expected a result for each message, but the connector gave none for this one.");
            Report(messages[i], OutgoingMessages.Outcome(result, messages[i].Id, account.IsRepeatable, now), call);
        }
    }

    private void Report(QueuedMessage message, MessageOutcome outcome, VendorCall? call = null)
    {
        var word = OutcomeWords[(int)outcome.Kind];
        call?.Outcome(message.Id, word);
        LogReported(message.Id, Account, message.Contact, message.Journey, message.Step, message.Attempt, word, EngineTrace.IdOf(message.Trace));
        _metrics.MessagesReported.Add(
            1, new KeyValuePair<string, object?>("account", Account), new KeyValuePair<string, object?>("outcome", word));
        _outcomes.Report(message.Contact, outcome with { Attempt = message.Attempt });
    }

    private static readonly string[] OutcomeWords = ["sent", "delivered", "failed", "unknown", "expired", "progressed", "released"];

    [LoggerMessage(
        Level = LogLevel.Debug, Message = "Message {Message} to account {Account}, contact {Contact}, journey {Journey}, step {Step}, attempt {Attempt}: {Outcome}, trace {Trace}")]
    private partial void LogReported(Guid message, string account, long contact, string journey, string step, int attempt, string outcome, string trace);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} messages for account {Account} could not be claimed; they stay queued")]
    private partial void LogNotClaimed(Exception error, int count, string account);

    [LoggerMessage(Level = LogLevel.Error, Message = "A call with {Count} messages to account {Account} does not return; whether they were sent is unknown")]
    private partial void LogCallHangs(int count, string account);

    [LoggerMessage(Level = LogLevel.Error, Message = "A call with {Count} messages to account {Account} threw; whether they were sent is unknown")]
    private partial void LogCallFailed(Exception error, int count, string account);
}
