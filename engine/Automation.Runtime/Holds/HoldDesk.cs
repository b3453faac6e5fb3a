using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Runtime.Definitions;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Codes = Automation.Runtime.Definitions.DefinitionRefusedException.Codes;

namespace Automation.Runtime.Holds;

/// <summary>Holding messages back and letting them go, by a person's word: previewed with counts, and recorded with who and why.</summary>
public sealed class HoldDesk(IHoldStore holds, HoldBook book, IEngine engine, JourneyRegistry registry, DefinitionChanges changes)
{
    /// <summary>Stands in notes of changes under way.</summary>
    internal const string Kind = "hold";

    /// <summary>How many wait, and how many are being sent: what a person sees before and after.</summary>
    public ValueTask<HoldCount> CountAsync(HoldTarget target, CancellationToken cancellation = default) => holds.CountAsync(target, cancellation);

    public async ValueTask<IReadOnlyList<Hold>> ListAsync(CancellationToken cancellation = default) => await holds.ListAsync(cancellation);

    /// <summary>
    /// From its return on nothing under the target is claimed any more, in any process. Calls that were claimed before it run to
    /// their end; the answer counts them.
    /// </summary>
    /// <exception cref="DefinitionRefusedException">It is held already, or nothing of that name exists.</exception>
    public async ValueTask<(Hold Hold, HoldCount Count)> HoldAsync(HoldTarget target, string reason, string actor, CancellationToken cancellation = default)
    {
        var before = await holds.CountAsync(target, cancellation);
        // In an incident a slip of the pen must not look like safety.
        if (before is { Waiting: 0, UnderWay: 0 } && Known(target) is { } known && !known.Contains(target.Key))
        {
            throw new DefinitionRefusedException(
                Codes.NotFound, $"Expected {(target.Scope == HoldScope.Account ? "an" : "a")} {target.ScopeName} '{target.Key}', but there is none.{Nearest.Hint(target.Key, known)}");
        }
        var hold = new Hold(target, engine.Clock.GetCurrentInstant(), actor, reason);
        await changes.MakeAsync(
            Kind, target.Name, 0, new WorkspaceFact.MessagesHeld(target.ScopeName, target.Key, before.Waiting) { Actor = actor, Reason = reason }, hold.Since,
            async () =>
            {
                if (!await holds.PutAsync(hold, CancellationToken.None))
                {
                    throw new DefinitionRefusedException(Codes.AlreadyHeld, $"Expected '{target.Name}' to be free, but it is held already.");
                }
                await book.ReloadAsync(CancellationToken.None);
                return new WorkspaceFact.MessagesHeld(target.ScopeName, target.Key, before.Waiting) { Actor = actor, Reason = reason };
            },
            cancellation);
        return (hold, await holds.CountAsync(target, cancellation));
    }

    /// <summary>Lets go what waits. Each message is decided anew before it goes: consent, caps, quiet hours, and whether anybody still waits for it.</summary>
    /// <exception cref="DefinitionRefusedException">It is not held.</exception>
    public async ValueTask<HoldCount> ReleaseAsync(HoldTarget target, string reason, string actor, CancellationToken cancellation = default)
    {
        var hold = (await holds.ListAsync(cancellation)).FirstOrDefault(one => one.End is null && one.Target == target)
            ?? throw new DefinitionRefusedException(Codes.NotHeld, $"Expected '{target.Name}' to be held, but it is not.");
        var count = await holds.CountAsync(target, cancellation);
        var now = engine.Clock.GetCurrentInstant();
        var fact = new WorkspaceFact.MessagesReleased(target.ScopeName, target.Key, hold.Since, count.Waiting) { Actor = actor, Reason = reason };
        await changes.MakeAsync(
            Kind, target.Name, 0, fact, now,
            async () =>
            {
                if (!await holds.ReleaseAsync(target, new HoldEnd(now, actor, reason), CancellationToken.None))
                {
                    throw new DefinitionRefusedException(Codes.NotHeld, $"Expected '{target.Name}' to be held, but somebody released it in between.");
                }
                await book.ReloadAsync(CancellationToken.None);
                return fact;
            },
            cancellation);
        return count;
    }

    /// <summary>The keys that a target may have; null where it has none.</summary>
    private IEnumerable<string>? Known(HoldTarget target)
    {
        var source = registry.Journeys.Source;
        return target.Scope switch
        {
            HoldScope.Everything => null,
            HoldScope.Channel => registry.Connectors.Traits.SelectMany(account => account.Channels).Select(channel => channel.Channel).Distinct(),
            HoldScope.Account => registry.Connectors.Traits.Select(account => account.Key),
            HoldScope.Template => source.Templates.Select(template => template.Key),
            _ => source.Journeys.Select(journey => journey.Journey.Key),
        };
    }
}
