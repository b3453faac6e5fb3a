using System.Text.Json;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Server.SignIn;

/// <summary>
/// How many wrong guesses somebody has: five at an account, twenty from an address, and then a quarter of an hour of none. A guess is
/// counted before it is looked at, so that a thousand at once are no way around it, and the count stands in the store, so that asking
/// another process is none either. Names that nobody has are counted like others: the answer tells nothing.
/// </summary>
internal sealed class GuessLimits(IAccessStore store, TimeProvider time)
{
    public const int PerAccount = 5;
    public const int PerAddress = 20;

    private const string Kind = "guesses";
    private const int TriesMax = 20;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <returns>Until when nobody may guess there, or null when this one may; and whether that begins with this guess.</returns>
    public async Task<(DateTimeOffset? LockedUntil, bool IsNew)> TakeAsync(string subject, int most, CancellationToken cancellation)
    {
        for (var tries = 0; tries < TriesMax; tries++)
        {
            var (record, guesses) = await FindAsync(subject, cancellation);
            var now = time.GetUtcNow();
            if (guesses.LockedUntil > now)
            {
                return (guesses.LockedUntil, false);
            }
            // What was counted before the window, or before a lock that is over, does not count any more.
            guesses = guesses.LockedUntil is not null || now - guesses.Since >= Window ? new Guesses(1, now, null) : guesses with { Count = guesses.Count + 1 };
            if (guesses.Count > most)
            {
                guesses = guesses with { LockedUntil = now + Window };
            }
            if (await PutAsync(record, guesses, now, cancellation))
            {
                return (guesses.LockedUntil, guesses.LockedUntil is not null);
            }
        }
        // So many guess here at once that no count comes through: that is an answer as well.
        return (time.GetUtcNow() + Window, false);
    }

    /// <summary>It was no guess: the password was right.</summary>
    public async Task GiveBackAsync(string subject, CancellationToken cancellation)
    {
        for (var tries = 0; tries < TriesMax; tries++)
        {
            var (record, guesses) = await FindAsync(subject, cancellation);
            if (guesses.Count == 0 || guesses.LockedUntil is not null
                || await PutAsync(record, guesses with { Count = guesses.Count - 1 }, time.GetUtcNow(), cancellation))
            {
                return;
            }
        }
    }

    public async Task ClearAsync(string subject, CancellationToken cancellation) => await store.DeleteAsync(Kind, subject, cancellation);

    private async Task<(AccessRecord Record, Guesses Guesses)> FindAsync(string subject, CancellationToken cancellation) =>
        await store.FindAsync(Kind, subject, cancellation) is { } record
            ? (record, JsonSerializer.Deserialize<Guesses>(record.Document)!)
            : (new AccessRecord(Kind, subject, "", 0, "", null), new Guesses(0, time.GetUtcNow(), null));

    private async Task<bool> PutAsync(AccessRecord record, Guesses guesses, DateTimeOffset now, CancellationToken cancellation) => await store.PutAsync(
        record with { Document = JsonSerializer.Serialize(guesses), ExpiresAt = Instant.FromDateTimeOffset(now + Window + Window) }, cancellation);

    private sealed record Guesses(int Count, DateTimeOffset Since, DateTimeOffset? LockedUntil);
}
