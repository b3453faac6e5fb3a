using System.ComponentModel.DataAnnotations;

namespace Automation.Runtime.Dispatch;

/// <summary>Limits of the dispatcher.</summary>
public sealed class DispatchOptions
{
    /// <summary>Messages of one account and channel kept in memory; what is over it waits in the store. Default 20,000.</summary>
    [Range(1, 1_000_000)]
    public int LaneMax { get; set; } = 20_000;

    /// <summary>Calls of one account and channel at a time where a call takes few messages: enough for 2,000 a second of a vendor that answers within 60 ms. Default 128.</summary>
    [Range(1, 1_000)]
    public int CallsMax { get; set; } = 128;

    /// <summary>Calls at a time where a call takes many. Default 16.</summary>
    [Range(1, 100)]
    public int BulkCallsMax { get; set; } = 16;

    /// <summary>From this batch size on a channel counts as bulk. Default 50.</summary>
    [Range(1, 10_000)]
    public int BulkFrom { get; set; } = 50;

    /// <summary>Messages in one call, where the connector takes more. Default 500.</summary>
    [Range(1, 10_000)]
    public int CallSizeMax { get; set; } = 500;

    /// <summary>How long a call may take before its token is cancelled. Default 100 s.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>How often queued messages that got lost on the way are looked for. Default 10 s.</summary>
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Queued messages looked at in one such sweep. Default 20,000.</summary>
    [Range(1, 10_000_000)]
    public int SweepMax { get; set; } = 20_000;

    /// <summary>How often it is looked whether a vendor is to be asked for receipts and unknown outcomes. Default 5 s.</summary>
    public TimeSpan InquireEvery { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait after a vendor could not be asked; the first is <see cref="InquireEvery"/>. Default 10 min.</summary>
    public TimeSpan InquiryRetryMax { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Wait before a held account is asked whether it works again; it doubles up to <see cref="ProbeMax"/>. Default 10 s.</summary>
    public TimeSpan ProbeFirst { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest such wait. Default 10 min.</summary>
    public TimeSpan ProbeMax { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long that question may take. Default 10 s.</summary>
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>So many calls in a row that the vendor put off as a whole, and the account is held: it is down, and each try costs its message an attempt. Default 50.</summary>
    [Range(1, 1_000_000)]
    public int BreakAfter { get; set; } = 50;

    /// <summary>How often an account that is held for that is asked whether it works again. Default 5 s.</summary>
    public TimeSpan BreakFor { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Wait before an outcome or a claim that the engine could not take is offered again. Default 1 s.</summary>
    public TimeSpan RetryEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long calls under way may take to end when the process stops. Default 10 s.</summary>
    public TimeSpan StopGrace { get; set; } = TimeSpan.FromSeconds(10);
}
