using Automation.Core.Contacts;
using Automation.Server.Hosting;
using NodaTime;

namespace Automation.Server.Demo;

/// <summary>
/// The shop's past, lived through in minutes by the real loop under a clock that stands: it is put to the next thing that happens or
/// comes due, and moves on only when everything is decided, sent and answered. So what the ledger tells of sixty days is what
/// sixty days would have made.
/// </summary>
internal sealed class DemoReplay(EmbeddedEngine engine, DemoClock clock, ShopStream shop, DemoVendors vendors)
{
    /// <summary>Events closer together than this are one envelope; their own times stay exact.</summary>
    private static readonly Duration Together = Duration.FromMinutes(10);

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1);

    /// <summary>How often vendors are asked about what waits for a member's word, in the shop's time.</summary>
    private static readonly Duration AskEvery = Duration.FromMinutes(15);

    private readonly List<ContactEvent> _events = [];
    private Instant _askedAt = Instant.MinValue;

    /// <param name="progress">Told where the time has come to.</param>
    public async Task RunAsync(Instant end, IProgress<Instant> progress, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var next = await NextAsync(end, cancellation);
            if (next is not { } at)
            {
                break;
            }
            clock.Set(at);
            if (_events.Count > 0)
            {
                await engine.Host.SubmitAsync(_events, cancellation);
            }
            await engine.Host.Timers.RunDueAsync(cancellation);
            await SettleAsync(cancellation);
            if (_askedAt == Instant.MinValue || at - _askedAt >= AskEvery)
            {
                _askedAt = at;
                await engine.Dispatcher.InquireAsync(cancellation);
            }
            progress.Report(at);
        }
        clock.Set(end);
    }

    /// <summary>The next moment at which something happens or is due, with what happens there; null when nothing is before the end.</summary>
    private async ValueTask<Instant?> NextAsync(Instant end, CancellationToken cancellation)
    {
        _events.Clear();
        var due = await engine.Store.Engine.DueContactsAsync(end, 1, cancellation) is [var first] ? first.DueAt : (Instant?)null;
        var happens = shop.NextAt is { } at && at < end ? at : (Instant?)null;
        if (happens is null || due < happens)
        {
            return due is { } deadline && deadline < end ? Instant.Max(deadline, clock.GetCurrentInstant()) : null;
        }
        var until = Earlier(happens.Value + Together, due, end);
        while (shop.Next(until) is { } happened)
        {
            _events.Add(happened);
        }
        _events.Sort((left, right) => left.OccurredAt.CompareTo(right.OccurredAt));
        return _events.Count == 0 ? until : Instant.Max(_events[^1].OccurredAt, clock.GetCurrentInstant());
    }

    /// <summary>Until nothing is on its way to a vendor: an answer that came hours of demo time late would look like a failed send.</summary>
    private async Task SettleAsync(CancellationToken cancellation)
    {
        while (engine.Host.Backlog.Stimuli > 0
            || !vendors.IsQuiet
            || await engine.Store.Outbox.QueuedAsync(null, 1, cancellation) is { Count: > 0 }
            || await engine.Store.Outbox.SendingAsync(1, cancellation) is { Count: > 0 })
        {
            await Task.Delay(Patience, cancellation);
        }
    }

    private static Instant Earlier(Instant until, Instant? due, Instant end)
    {
        until = Instant.Min(until, end);
        return due is { } deadline ? Instant.Min(until, deadline + Duration.FromMilliseconds(1)) : until;
    }
}
