using NodaTime;

namespace Automation.Runtime.Ports;

/// <summary>
/// What people hold back. From the moment <see cref="PutAsync"/> returns, no claim of a message under the hold is granted any more, in no
/// process: claims look here themselves, in the same transaction. Released holds stay, for they say which messages have waited.
/// </summary>
public interface IHoldStore
{
    /// <summary>All that are in force and all that ever were, newest first.</summary>
    ValueTask<IReadOnlyList<Hold>> ListAsync(CancellationToken cancellation);

    /// <returns>False when there is one in force for this target already.</returns>
    ValueTask<bool> PutAsync(Hold hold, CancellationToken cancellation);

    /// <returns>False when none is in force for this target.</returns>
    ValueTask<bool> ReleaseAsync(HoldTarget target, HoldEnd end, CancellationToken cancellation);

    /// <summary>Counts what is in the outbox now and belongs to the target, whether it is held or not.</summary>
    ValueTask<HoldCount> CountAsync(HoldTarget target, CancellationToken cancellation);
}

/// <summary>What a hold is about.</summary>
public enum HoldScope
{
    Everything,
    Channel,
    Account,
    Template,
    Journey,
}

/// <param name="Key">Of the channel, account, template or journey; empty for everything.</param>
public sealed record HoldTarget(HoldScope Scope, string Key)
{
    public static readonly HoldTarget Everything = new(HoldScope.Everything, "");

    /// <summary>The scope as the API, the ledger and the command line say it.</summary>
    public string ScopeName => NameOf(Scope);

    /// <summary>One word for both: <c>everything</c>, or as <c>template:vip-hello</c>.</summary>
    public string Name => Scope == HoldScope.Everything ? ScopeName : $"{ScopeName}:{Key}";

    public static string NameOf(HoldScope scope) => scope switch
    {
        HoldScope.Everything => "everything",
        HoldScope.Channel => "channel",
        HoldScope.Account => "account",
        HoldScope.Template => "template",
        _ => "journey",
    };

    /// <summary>From <see cref="Name"/>; null where it is none.</summary>
    public static HoldTarget? Parse(string name)
    {
        if (name == Everything.Name)
        {
            return Everything;
        }
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        foreach (var scope in Enum.GetValues<HoldScope>())
        {
            if (scope != HoldScope.Everything && colon > 0 && colon + 1 < name.Length && name.AsSpan(0, colon).SequenceEqual(NameOf(scope)))
            {
                return new HoldTarget(scope, name[(colon + 1)..]);
            }
        }
        return null;
    }

    public bool Covers(QueuedMessage message) => Scope switch
    {
        HoldScope.Everything => true,
        HoldScope.Channel => message.Channel == Key,
        HoldScope.Account => message.Account == Key,
        HoldScope.Template => message.Template == Key,
        _ => message.Journey == Key,
    };
}

/// <param name="Reason">What the person wrote.</param>
/// <param name="End">Null while it is in force.</param>
public sealed record Hold(HoldTarget Target, Instant Since, string By, string Reason, HoldEnd? End = null);

public sealed record HoldEnd(Instant At, string By, string Reason);

/// <param name="Waiting">Messages that are queued, whatever holds them.</param>
/// <param name="UnderWay">Claimed already: their calls may be running, and cannot be called back.</param>
/// <param name="HeldByOthers">Those of the waiting that another hold covers too.</param>
public sealed record HoldCount(long Waiting, long UnderWay, long HeldByOthers);
