using System.Threading.Channels;
using Automation.Core.Journeys;
using Automation.Runtime.Ports;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Automation.Runtime.Loop;

/// <summary>
/// Load, decide, commit: the only writer of a partition. A batch stays open as long as the commit before it runs, and takes in what
/// arrives meanwhile; so an idle engine commits a lone event at once, and a busy one fills its batches by itself. The open batch
/// is decided on what the running commit will leave; when that one fails, both are undone and decided anew.
/// </summary>
internal sealed partial class BatchLoop
{
    private readonly EngineOptions _options;
    private readonly IEngineStore _store;
    private readonly IClock _clock;
    private readonly ILogger _log;
    private readonly ChannelReader<Submission> _inbox;
    private readonly Action<Submission> _left;
    private readonly Committing _committing;
    private readonly ParkedContacts _parked;
    private readonly ContactCache _cache;
    private readonly BatchDecider _decider;
    private readonly Func<JourneySet> _journeys;
    private readonly Queue<Submission> _again = new();
    private readonly List<Submission> _chunk = [];
    private readonly Loading _loading;
    private readonly CommitInDoubt _doubt;
    private Task<bool>? _readable;
    private long _revision;
    private Batch _open = new(1, 1, 1);
    private bool _alone;

    public BatchLoop(
        EngineOptions options, IEngineStore store, IClock clock, Func<JourneySet> journeys, IOutboxRelay relay,
        EngineMetrics metrics, ILogger log, ChannelReader<Submission> inbox, Action<Submission> left, Action<Instant> dueAt)
    {
        _options = options;
        _store = store;
        _clock = clock;
        _journeys = journeys;
        _log = log;
        _inbox = inbox;
        _left = left;
        _committing = new Committing(store, relay, metrics, clock, dueAt);
        _parked = new ParkedContacts(Duration.FromTimeSpan(options.ParkedFor));
        _cache = new ContactCache(options.ContactsCachedMax);
        _decider = new BatchDecider(_cache, _parked, log) { Journeys = journeys() };
        _loading = new Loading(_cache, options.Partition);
        _doubt = new CommitInDoubt(options, store, log);
    }

    /// <summary>
    /// Runs until the inbox is completed and everything in it is committed or refused. Throws <see cref="PartitionLostException"/> when
    /// somebody else owns the partition; then what it had taken in is refused.
    /// </summary>
    public async Task RunAsync(PartitionHead head)
    {
        _open = new Batch(1, head.NextSequence, head.NextContactId);
        _revision = head.Revision;
        while (true)
        {
            if (TakeChunk())
            {
                await DecideChunkAsync();
                if (_committing.IsRunning && !IsFull)
                {
                    continue; // Room and time for more before this batch can go.
                }
            }
            if (_committing.Batch is not null && (!_committing.IsRunning || IsFull))
            {
                await SettleAsync();
                continue;
            }
            if (_committing.Batch is null && !_open.IsEmpty)
            {
                Commit();
                continue;
            }
            if (!await WaitAsync())
            {
                return;
            }
        }
    }

    private bool IsFull => !_open.IsEmpty && (_alone || _open.Weight >= _options.BatchSizeMax);

    /// <summary>Moves what is there into the chunk, without waiting, up to the room left in the batch.</summary>
    private bool TakeChunk()
    {
        _chunk.Clear();
        _alone &= !_open.IsEmpty;
        if (_open.IsEmpty)
        {
            // What it was closed for may have been taken back, when the load failed.
            _open.Weight = 0;
        }
        var weight = _open.Weight;
        while (!IsFull && weight < _options.BatchSizeMax && (_again.TryDequeue(out var next) || _inbox.TryRead(out next)))
        {
            weight += next.Weight;
            _chunk.Add(next);
            if (next.Attempts >= _options.AloneFromAttempt)
            {
                _alone = _open.IsEmpty && _chunk.Count == 1;
                if (!_alone)
                {
                    PutBackLast();
                }
                break;
            }
        }
        return _chunk.Count > 0;
    }

    // It must go alone, and something is in the batch already: it waits for the next one, and nothing overtakes it.
    private void PutBackLast()
    {
        var last = _chunk[^1];
        _chunk.RemoveAt(_chunk.Count - 1);
        var others = _again.ToArray();
        _again.Clear();
        _again.Enqueue(last);
        foreach (var other in others)
        {
            _again.Enqueue(other);
        }
        _open.Weight = Math.Max(_open.Weight, _options.BatchSizeMax);
    }

    private async ValueTask DecideChunkAsync()
    {
        HashSet<string> known;
        try
        {
            known = await _loading.LoadAsync(_store, _open.Number, _chunk);
        }
#pragma warning disable CA1031 // Whatever the store threw, these senders are answered and the loop goes on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            await RetryLaterAsync(_chunk, error);
            return;
        }
        _decider.Journeys = _journeys();
        _decider.Now = _clock.GetCurrentInstant();
        _open.At = _decider.Now;
        foreach (var submission in _chunk)
        {
            _open.Submissions.Add(submission);
            _open.Weight += submission.Weight;
            _decider.Trace = submission.Trace;
            Decide(submission, known);
        }
        // Deadlines last: an event at the very time of a deadline comes before it.
        foreach (var submission in _chunk)
        {
            _decider.Trace = submission.Trace;
            for (var i = 0; i < submission.Due.Count; i++)
            {
                _decider.Due(_open, submission, submission.Due[i]);
                submission.Accepted++;
            }
        }
    }

    private void Decide(Submission submission, HashSet<string> known)
    {
        foreach (var happened in submission.Events)
        {
            if (known.Contains(happened.MessageId)
                || _committing.Batch?.MessageIds.Contains(happened.MessageId) == true
                || !_open.MessageIds.Add(happened.MessageId))
            {
                submission.Duplicates++;
            }
            else if (_decider.Event(_open, submission, happened))
            {
                submission.Accepted++;
            }
            else
            {
                submission.Rejected++;
            }
        }
        foreach (var (contact, stimulus) in submission.Stimuli)
        {
            if (_decider.Stimulus(_open, submission, contact, stimulus))
            {
                submission.Accepted++;
            }
            else
            {
                submission.Rejected++;
            }
        }
        foreach (var fact in submission.Facts)
        {
            _decider.Fact(_open, submission, fact);
            submission.Accepted++;
        }
        _open.Intents.AddRange(submission.Intents);
    }

    private void Commit()
    {
        var batch = _open;
        _alone = false;
        _open = new Batch(batch.Number + 1, batch.NextSequence, batch.NextContact);
        var rows = batch.ToCommit(_options.Partition, _decider.Journeys, _parked, _revision);
        _revision = rows.Revision;
        _committing.Start(batch, rows);
    }

    private async ValueTask SettleAsync()
    {
        var batch = _committing.Batch!;
        if (await _committing.SettleAsync() is { } error)
        {
            await UndoAsync(batch, error);
            return;
        }
        Leave(batch);
    }

    private void Leave(Batch batch)
    {
        _cache.Trim(batch.Number);
        foreach (var submission in batch.Submissions)
        {
            _left(submission);
        }
    }

    private async ValueTask UndoAsync(Batch failed, Exception error)
    {
        LogCommitFailed(error is StoreConflictException ? LogLevel.Information : LogLevel.Error, error, failed.Number, failed.Weight);
        if (error is not (StoreFullException or StoreConflictException or PartitionLostException) && await _doubt.WasWrittenAsync(failed))
        {
            // Intents are the exception: nobody knows which were claimed, so their messages are left to recovery.
            _committing.Acknowledge(failed, new HashSet<Guid>());
            Leave(failed);
            return;
        }
        var dependent = _open.Submissions;
        var waiting = _again.ToArray();
        Forget(failed);
        Forget(_open);
        _again.Clear();
        _open = new Batch(failed.Number, failed.FirstSequence, failed.FirstContact);
        _alone = false;
        if (error is StoreFullException or PartitionLostException)
        {
            Refuse(failed.Submissions, error);
        }
        else
        {
            await RetryLaterAsync(failed.Submissions, error);
        }
        foreach (var submission in dependent.Concat(waiting))
        {
            submission.Forget();
            _again.Enqueue(submission);
        }
        if (error is PartitionLostException)
        {
            Refuse(_again, error);
            throw error;
        }
    }

    private void Forget(Batch batch)
    {
        foreach (var contact in batch.Changed)
        {
            _cache.Forget(contact);
        }
    }

    private void Refuse(IEnumerable<Submission> submissions, Exception error)
    {
        foreach (var submission in submissions)
        {
            submission.Fail(error is PartitionLostException
                ? new EngineUnavailableException("Expected to decide here, but the partition has another owner now: send it again.", error)
                : error);
            _left(submission);
        }
    }

    /// <summary>Has them decided again after a while, or answers those that had all their tries.</summary>
    private async ValueTask RetryLaterAsync(List<Submission> submissions, Exception error)
    {
        // They were before whatever waits to be decided again, and stay so: a contact's events keep their order.
        var others = _again.ToArray();
        _again.Clear();
        var attempt = 1;
        foreach (var submission in submissions)
        {
            submission.Forget();
            submission.Attempts++;
            attempt = Math.Max(attempt, submission.Attempts);
            if (submission.Attempts >= _options.AttemptsMax)
            {
                submission.Fail(new EngineUnavailableException(
                    $"Expected to commit within {_options.AttemptsMax} tries, but the store failed each time.", error));
                _left(submission);
            }
            else
            {
                _again.Enqueue(submission);
            }
        }
        foreach (var other in others)
        {
            _again.Enqueue(other);
        }
        // Whoever won the conflict has committed, so there is nothing to wait for, the first time.
        if (error is not StoreConflictException || attempt > 1)
        {
            await Task.Delay(_options.RetryDelay(attempt));
        }
    }

    /// <summary>Waits until there is something to read or to settle. False when nothing can come any more.</summary>
    private async ValueTask<bool> WaitAsync()
    {
        if (_committing.Batch is null && _again.Count > 0)
        {
            return true; // Their load failed; they are tried again whether or not anything else comes.
        }
        _readable ??= _inbox.WaitToReadAsync().AsTask();
        if (_committing.Batch is null)
        {
            var more = await _readable;
            _readable = null;
            return more || _again.Count > 0;
        }
        if (_readable.IsCompleted && !await _readable)
        {
            await _committing.Ended;
            return true;
        }
        await Task.WhenAny(_readable, _committing.Ended);
        if (_readable.IsCompletedSuccessfully && _readable.Result)
        {
            _readable = null;
        }
        return true;
    }

    [LoggerMessage(Message = "Commit of batch {Batch} with {Weight} stimuli failed; nothing of it was written")]
    private partial void LogCommitFailed(LogLevel level, Exception error, long batch, int weight);
}
