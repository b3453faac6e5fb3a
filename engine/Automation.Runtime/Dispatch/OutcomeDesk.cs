using System.Threading.Channels;
using Automation.Core.Deciding;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Microsoft.Extensions.Logging;

namespace Automation.Runtime.Dispatch;

/// <summary>
/// Brings outcomes back into the loop: all that came in while the last envelope was committed go in the next one. An outcome
/// is never dropped: as long as the store takes nothing, it is offered again.
/// </summary>
internal sealed partial class OutcomeDesk : IAsyncDisposable
{
    private const int EnvelopeMax = 1_000;

    // Outcomes without a call, as of messages that were released, come as fast as they are read.
    private const int WaitingMax = 10_000;
    private static readonly TimeSpan FullPause = TimeSpan.FromMilliseconds(5);

    private readonly IEngine _engine;
    private readonly TimeSpan _retryEvery;
    private readonly Action<IReadOnlyList<Addressed>> _settled;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _givingUp = new();
    private readonly Channel<Addressed> _outcomes = Channel.CreateUnbounded<Addressed>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _running;
    private int _waiting;

    /// <param name="settled">Told when outcomes are durable.</param>
    public OutcomeDesk(IEngine engine, TimeSpan retryEvery, Action<IReadOnlyList<Addressed>> settled, ILogger log)
    {
        _engine = engine;
        _retryEvery = retryEvery;
        _settled = settled;
        _log = log;
        _running = Task.Run(RunAsync);
    }

    public void Report(long contact, MessageOutcome outcome)
    {
        Interlocked.Increment(ref _waiting);
        _outcomes.Writer.TryWrite(new Addressed(contact, new Stimulus.OutcomeReported(outcome)));
    }

    /// <summary>Waits while so many outcomes wait that nobody should make more.</summary>
    public async ValueTask RoomAsync(CancellationToken cancellation)
    {
        while (Volatile.Read(ref _waiting) > WaitingMax)
        {
            await Task.Delay(FullPause, cancellation);
        }
    }

    /// <summary>Ends when everything reported so far is durable; a store that takes nothing ends the wait, and recovery takes over.</summary>
    public async ValueTask DisposeAsync()
    {
        _outcomes.Writer.TryComplete();
        _givingUp.CancelAfter(_retryEvery);
        await _running;
        _givingUp.Dispose();
    }

    private async Task RunAsync()
    {
        while (await _outcomes.Reader.WaitToReadAsync())
        {
            var envelope = new List<Addressed>();
            while (envelope.Count < EnvelopeMax && _outcomes.Reader.TryRead(out var outcome))
            {
                envelope.Add(outcome);
            }
            if (!await SubmitAsync(envelope))
            {
                return;
            }
            Interlocked.Add(ref _waiting, -envelope.Count);
            _settled(envelope);
        }
    }

    private async ValueTask<bool> SubmitAsync(List<Addressed> envelope)
    {
        while (true)
        {
            try
            {
                await _engine.SubmitAsync(envelope);
                return true;
            }
            catch (Exception error) when (error is StoreFullException or EngineUnavailableException or EngineFullException)
            {
                LogNotTaken(error, envelope.Count);
                if (_givingUp.IsCancellationRequested)
                {
                    return false;
                }
                await Task.Delay(_retryEvery);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} outcomes could not be recorded; they are offered again")]
    private partial void LogNotTaken(Exception error, int count);
}
