using System.Threading.Channels;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Journeys;
using Automation.Runtime.Ports;
using Automation.Runtime.Time;
using Automation.Runtime.Timers;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Automation.Runtime.Loop;

/// <summary>One partition, running: the inbox, the loop behind it, and the timers that feed it.</summary>
public sealed partial class EngineHost : IEngine, IJourneyHolder, IAsyncDisposable
{
    private readonly EngineOptions _options;
    private readonly IEngineStore _store;
    private readonly Channel<Submission> _inbox;
    private readonly BatchLoop _loop;
    private readonly ILogger _log;
    private JourneySet _journeys;
    private Task _running = Task.CompletedTask;
    private int _envelopes;
    private int _stimuli;
    private bool _isDisposed;

    public EngineHost(
        EngineOptions options, IEngineStore store, IOutboxRelay relay, IClock wall, JourneySet journeys, EngineMetrics metrics,
        ILogger<EngineHost> log)
    {
        _options = options;
        _store = store;
        _log = log;
        _journeys = journeys;
        Clock = new MonotonicClock(wall, by =>
        {
            metrics.ClockHeld.Add(1);
            LogClockHeld(by);
        });
        _inbox = Channel.CreateBounded<Submission>(new BoundedChannelOptions(options.InboxMax) { SingleReader = true });
        Timers = new TimerPump(options, store, Clock, this, log);
        _loop = new BatchLoop(
            options, store, Clock, () => Volatile.Read(ref _journeys), relay, metrics, log, _inbox.Reader, Left, Timers.DueAt);
    }

    public IClock Clock { get; }

    public Backlog Backlog => new(Volatile.Read(ref _envelopes), Volatile.Read(ref _stimuli));

    /// <summary>The journeys decisions are made by, from the next chunk of stimuli on.</summary>
    public JourneySet Journeys
    {
        get => Volatile.Read(ref _journeys);
        set => Volatile.Write(ref _journeys, value);
    }

    public TimerPump Timers { get; }

    /// <summary>Completes when the loop has ended: it was stopped, or its partition has another owner.</summary>
    public Task Ended => _running;

    /// <param name="withTimers">False where a test or a tool looks for due contacts by itself.</param>
    public async Task StartAsync(bool withTimers = true, CancellationToken cancellation = default)
    {
        var head = await _store.HeadAsync(_options.Partition, cancellation);
        _running = Task.Run(() => RunAsync(head), CancellationToken.None);
        if (withTimers)
        {
            Timers.Start();
        }
    }

    /// <summary>Takes nothing more in, and returns when everything that was taken in is committed or refused.</summary>
    public async Task StopAsync()
    {
        if (_isDisposed)
        {
            return;
        }
        await Timers.StopAsync();
        _inbox.Writer.TryComplete();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _isDisposed = true;
        Timers.Dispose();
    }

    public async ValueTask<Acknowledgement> SubmitAsync(IReadOnlyList<ContactEvent> events, CancellationToken cancellation = default)
    {
        if (events.Count <= _options.EnvelopeSizeMax)
        {
            return await SendAsync(new Submission { Events = events }.Traced(), cancellation);
        }
        var parts = events.Chunk(_options.EnvelopeSizeMax).Select(part => new Submission { Events = part }.Traced());
        return await SendAllAsync(parts, cancellation);
    }

    public async ValueTask<Acknowledgement> SubmitAsync(IReadOnlyList<Addressed> stimuli, CancellationToken cancellation = default)
    {
        if (stimuli.Count <= _options.EnvelopeSizeMax)
        {
            return await SendAsync(new Submission { Stimuli = stimuli }.Traced(), cancellation);
        }
        var parts = stimuli.Chunk(_options.EnvelopeSizeMax).Select(part => new Submission { Stimuli = part });
        return await SendAllAsync(parts, cancellation);
    }

    public ValueTask<Acknowledgement> SubmitAsync(long contact, Stimulus stimulus, CancellationToken cancellation = default) =>
        SendAsync(new Submission { Stimuli = [new Addressed(contact, stimulus)], WantsFacts = true }.Traced(), cancellation);

    public ValueTask<Acknowledgement> AskAsync(IReadOnlyList<Addressed> stimuli, CancellationToken cancellation = default) =>
        SendAsync(new Submission { Stimuli = stimuli, WantsFacts = true }.Traced(), cancellation);

    public ValueTask<Acknowledgement> RecordAsync(IReadOnlyList<WorkspaceFact> facts, CancellationToken cancellation = default) =>
        SendAsync(new Submission { Facts = facts, WantsFacts = true }, cancellation);

    public async ValueTask<IReadOnlySet<Guid>> ClaimIntentsAsync(
        IReadOnlyList<SendIntent> intents, CancellationToken cancellation = default)
    {
        var submission = new Submission { Intents = intents };
        await SendAsync(submission, cancellation);
        return submission.Claimed;
    }

    internal ValueTask<Acknowledgement> SubmitDueAsync(IReadOnlyList<long> contacts, CancellationToken cancellation) =>
        SendAsync(new Submission { Due = contacts }.Traced(), cancellation);

    private async Task RunAsync(PartitionHead head)
    {
        try
        {
            await _loop.RunAsync(head);
        }
        catch (PartitionLostException lost)
        {
            LogPartitionLost(lost, _options.Partition);
            _inbox.Writer.TryComplete(lost);
            while (_inbox.Reader.TryRead(out var waiting))
            {
                waiting.Fail(new EngineUnavailableException("Expected to decide here, but the partition has another owner now: send it again.", lost));
                Left(waiting);
            }
        }
    }

    // The token ends the wait for room in the inbox. An envelope that is in is decided, so its answer is waited for.
    private async ValueTask<Acknowledgement> SendAsync(Submission submission, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _envelopes);
        Interlocked.Add(ref _stimuli, submission.Weight);
        try
        {
            await _inbox.Writer.WriteAsync(submission, cancellation);
        }
        catch (Exception error)
        {
            Left(submission);
            if (error is ChannelClosedException)
            {
                throw new EngineUnavailableException("Expected a running engine, but it is stopped.", error);
            }
            throw;
        }
        return await submission.Done;
    }

    private async ValueTask<Acknowledgement> SendAllAsync(IEnumerable<Submission> parts, CancellationToken cancellation)
    {
        var sent = parts.Select(part => SendAsync(part, cancellation).AsTask()).ToArray();
        var receipts = await Task.WhenAll(sent);
        return new Acknowledgement(
            receipts.Sum(r => r.Accepted), receipts.Sum(r => r.Duplicates), receipts.Sum(r => r.Rejected), receipts[^1].At, []);
    }

    private void Left(Submission submission)
    {
        Interlocked.Decrement(ref _envelopes);
        Interlocked.Add(ref _stimuli, -submission.Weight);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Partition {Partition} has another owner now; its loop here stops")]
    private partial void LogPartitionLost(Exception error, int partition);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The wall clock jumped back by {By}; the engine holds its time until the wall has caught up")]
    private partial void LogClockHeld(Duration by);
}
