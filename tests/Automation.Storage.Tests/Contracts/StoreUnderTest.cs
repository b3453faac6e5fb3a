using Automation.Runtime.Ports;

namespace Automation.Storage.Tests.Contracts;

/// <summary>One implementation of the stores with a database of its own, as the contracts need it.</summary>
public abstract class StoreUnderTest : IDisposable
{
    public abstract IEngineStore Engine { get; }

    public abstract ILedgerStore Ledger { get; }

    public abstract IOutboxStore Outbox { get; }

    public abstract IDefinitionStore Definitions { get; }

    public abstract IHoldStore Holds { get; }

    public abstract IOperationsStore Operations { get; }

    /// <summary>Claims as a dispatcher of this store does.</summary>
    public abstract Task<IReadOnlySet<Guid>> ClaimAsync(params SendIntent[] intents);

    public abstract IAccessStore Access { get; }

    /// <summary>What stands in clear from a time before it was personal.</summary>
    public abstract IEarlierValues Earlier { get; }

    /// <summary>Names fields that are personal from now on, as a workspace does.</summary>
    public abstract void Declare(params string[] personal);

    /// <summary>Ends the store and opens it again on the same database, as a new process would.</summary>
    public abstract void Reopen();

    /// <summary>All that is kept, as whoever has a copy of the database could read it.</summary>
    public abstract string Everything();

    /// <summary>Changes rows behind the store's back. The SQL must be understood by every implementation.</summary>
    public abstract void Tamper(string sql);

    /// <summary>Drops what is older than it is to be kept.</summary>
    public abstract ILedgerUpkeep Upkeep { get; }

    /// <summary>Flips one bit of one value, behind the store's back.</summary>
    /// <param name="first">Sequence of the record, or of the first one under a seal.</param>
    /// <param name="draw">Which bit; the same one again undoes it.</param>
    /// <returns>Null where there is no value, or no row could be like that; else the new value, where it is a number.</returns>
    public abstract (long? Now, bool IsDone) FlipBit(string table, string column, long first, int draw);

    protected static string KeyOf(string table) => table == "seal" ? "first_sequence" : "sequence";

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);

    public CommitResult Commit(CommitBatch batch) => Engine.CommitAsync(batch, default).AsTask().GetAwaiter().GetResult();

    public LoadResult Load(string[]? messageIds = null, Core.Contacts.Identity[]? identities = null, long[]? contacts = null) =>
        Engine.LoadAsync(new LoadRequest(messageIds ?? [], identities ?? [], contacts ?? []), default).AsTask().GetAwaiter().GetResult();

    public IReadOnlyList<LedgerRow> Facts(FactQuery query) => Ledger.FactsAsync(query, default).AsTask().GetAwaiter().GetResult();

    public VerifyResult Verify(int partition = 0) => Ledger.VerifyAsync(partition, null, default).AsTask().GetAwaiter().GetResult();

    public MessageRow Message(Guid id) => Ledger.MessageAsync(id, default).AsTask().GetAwaiter().GetResult()!;
}
