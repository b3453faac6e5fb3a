namespace Automation.Sandbox;

/// <summary>How the stand-ins are set up.</summary>
public sealed record SandboxOptions
{
    /// <summary>Where they listen: this machine only. Default: a free port.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:0";

    /// <summary>The clock by which signatures, tokens and limits are judged, and receipts are dated.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long after a message its receipt is sent, by the wall. Default: at once.</summary>
    public TimeSpan ReceiptDelay { get; init; }

    /// <summary>
    /// After how long the members of WeCom confirm a task by themselves, by <see cref="Time"/>; it differs from task to task up to twice as
    /// long. Null: only when they are told to.
    /// </summary>
    public TimeSpan? MembersConfirmAfter { get; init; }

    /// <summary>The share of tasks that members never confirm by themselves, from 0 to 1.</summary>
    public double MembersForget { get; init; }

    /// <summary>
    /// Whether people are there without being made: every number exists, every WeCom customer is a friend, every WeChat user follows and has
    /// agreed to one message more. For a demo; a test makes its people.
    /// </summary>
    public bool EverybodyIsThere { get; init; }
}
