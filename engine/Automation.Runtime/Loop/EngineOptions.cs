using System.ComponentModel.DataAnnotations;

namespace Automation.Runtime.Loop;

/// <summary>Limits of the batch loop. Every one has a default that fits a small machine.</summary>
public sealed class EngineOptions
{
    public int Partition { get; set; }

    /// <summary>Stimuli in one commit; an envelope is never torn, so the last one may go over it. Default 512.</summary>
    [Range(1, 10_000)]
    public int BatchSizeMax { get; set; } = 512;

    /// <summary>Events or stimuli in one envelope; a longer list is cut into several. Default 1,000.</summary>
    [Range(1, 10_000)]
    public int EnvelopeSizeMax { get; set; } = 1_000;

    /// <summary>Envelopes that may wait; further callers wait with theirs. Default 1,024.</summary>
    [Range(1, 1_000_000)]
    public int InboxMax { get; set; } = 1_024;

    /// <summary>Contacts kept in memory. Default 100,000.</summary>
    [Range(0, 100_000_000)]
    public int ContactsCachedMax { get; set; } = 100_000;

    /// <summary>Wait before a failed commit is tried again; doubles each time. Default 50 ms.</summary>
    public TimeSpan RetryFirst { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Longest wait between two tries. Default 5 s.</summary>
    public TimeSpan RetryDelayMax { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Tries of one envelope before its sender gets the error. Default 8.</summary>
    [Range(1, 100)]
    public int AttemptsMax { get; set; } = 8;

    /// <summary>From this try on each envelope is committed alone, so that one that cannot be written does not hold up the others. Default 3.</summary>
    [Range(1, 100)]
    public int AloneFromAttempt { get; set; } = 3;

    /// <summary>Shortest time between two looks for due contacts. Default 50 ms.</summary>
    public TimeSpan TimerGranularity { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Due contacts in one envelope. Default 512.</summary>
    [Range(1, 10_000)]
    public int TimerBatchMax { get; set; } = 512;

    /// <summary>How long a contact whose timer our own code could not decide is left alone. Default 1 h.</summary>
    public TimeSpan ParkedFor { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long to wait after that many failed tries.</summary>
    internal TimeSpan RetryDelay(int attempt)
    {
        var delay = RetryFirst * Math.Pow(2, attempt - 1);
        return delay < RetryDelayMax ? delay : RetryDelayMax;
    }
}
