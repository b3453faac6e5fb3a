using System.Diagnostics;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Loop;

/// <summary>
/// An envelope on its way through the loop, with the promise to its sender. What it carries never changes, so that it can be
/// decided again when a commit failed; what came out of it is forgotten then.
/// </summary>
internal sealed class Submission
{
    // The sender's continuation must not run on the committing thread: it would delay the next commit.
    private readonly TaskCompletionSource<Acknowledgement> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Activity? _deciding;
    private string? _around;
    private List<RecordedFact>? _facts;

    public IReadOnlyList<ContactEvent> Events { get; init; } = [];

    public IReadOnlyList<Addressed> Stimuli { get; init; } = [];

    /// <summary>Contacts with a deadline that has come.</summary>
    public IReadOnlyList<long> Due { get; init; } = [];

    public IReadOnlyList<SendIntent> Intents { get; init; } = [];

    public IReadOnlyList<WorkspaceFact> Facts { get; init; } = [];

    /// <summary>
    /// The span of its decision, in W3C's form. Where nobody traces it is that of the request which brought it, so that the log still tells
    /// what belongs together; null where there was none.
    /// </summary>
    public string? Trace => _deciding?.Id ?? _around;

    /// <summary>Begins its span, under that of whoever sends it. A timer begins a trace of its own.</summary>
    public Submission Traced()
    {
        _around = Activity.Current?.Id;
        _deciding = EngineTrace.Deciding(isRoot: Due.Count > 0);
        return this;
    }

    /// <summary>Whether the acknowledgement is to carry the facts.</summary>
    public bool WantsFacts { get; init; }

    /// <summary>How much of a batch it fills. An intent is one update and no decision, so four of them weigh as much as an event.</summary>
    public int Weight => Events.Count + Stimuli.Count + Due.Count + ((Intents.Count + 3) / 4) + Facts.Count;

    public Task<Acknowledgement> Done => _done.Task;

    /// <summary>Commits that failed with it.</summary>
    public int Attempts { get; set; }

    public int Accepted { get; set; }

    public int Duplicates { get; set; }

    public int Rejected { get; set; }

    public IReadOnlySet<Guid> Claimed { get; private set; } = new HashSet<Guid>();

    public void Keep(in RecordedFact fact)
    {
        if (WantsFacts)
        {
            (_facts ??= []).Add(fact);
        }
    }

    public void Forget()
    {
        Accepted = 0;
        Duplicates = 0;
        Rejected = 0;
        _facts = null;
    }

    public void Complete(Instant at, IReadOnlySet<Guid> claimed)
    {
        Claimed = claimed;
        _deciding?.Stop();
        _done.TrySetResult(new Acknowledgement(Accepted, Duplicates, Rejected, at, _facts is null ? [] : _facts));
    }

    public void Fail(Exception error)
    {
        _deciding?.SetStatus(ActivityStatusCode.Error, error.GetType().Name).Stop();
        _done.TrySetException(error);
    }
}
