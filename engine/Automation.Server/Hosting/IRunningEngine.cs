using Automation.Connectors.Sandbox.Mailbox;
using Automation.Runtime.Approvals;
using Automation.Runtime.Bulk;
using Automation.Runtime.Definitions;
using Automation.Runtime.Dispatch;
using Automation.Runtime.Holds;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Automation.Runtime.Sweeps;

namespace Automation.Server.Hosting;

/// <summary>The engine as the surfaces see it, whether it is all in this process or this process is one of several.</summary>
internal interface IRunningEngine : IAsyncDisposable
{
    IEngine Engine { get; }

    IDefinitionStore Definitions { get; }

    ILedgerStore Ledger { get; }

    ConnectorRegistry Connectors { get; }

    ReceiptDesk Receipts { get; }

    Dispatcher Dispatcher { get; }

    ISandboxMailbox Mailbox { get; }

    JourneyRegistry Registry { get; }

    DefinitionDesk Desk { get; }

    DefinitionChanges Changes { get; }

    JourneyOperations Operations { get; }

    ApprovalDesk Approvals { get; }

    HoldDesk Holds { get; }

    IOperationsStore OperationsStore { get; }

    BulkDesk Bulk { get; }

    /// <summary>What waits in each queue of the broker; empty where there is none.</summary>
    IReadOnlyList<KeyValuePair<string, long>> QueueDepths { get; }

    /// <summary>This process among several; null where it is the only one.</summary>
    string? ProcessName { get; }

    SweepQueue Sweeps { get; }

    SegmentSweeps SegmentSweeps { get; }

    DirectorySyncs Directories { get; }

    ILiveFeed Live { get; }

    IDeadLetters DeadLetters { get; }

    /// <summary>Whether it takes events in.</summary>
    bool IsRunning { get; set; }

    /// <summary>Why it should get no events now, or null.</summary>
    string? NotReady { get; }

    Task StartAsync(CancellationToken cancellation);

    /// <summary>Returns when somebody decides, so that facts about definitions find a place.</summary>
    Task UntilDecidingAsync(CancellationToken cancellation);

    /// <summary>Plans calendars, after everything else: what they missed fires at once.</summary>
    void StartCalendars();

    Task StopAsync();
}
