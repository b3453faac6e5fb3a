using System.Text.Json;
using System.Text.Json.Serialization;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Server.SignIn;

/// <param name="Id">Hash of what the browser has.</param>
/// <param name="Agent">What the browser calls itself.</param>
internal sealed record Session(string Id, string User, DateTimeOffset CreatedAt, DateTimeOffset SeenAt, string From, string Agent)
{
    private const int PublicLetters = 12;

    /// <summary>Tells sessions apart in lists, and opens nothing.</summary>
    [JsonIgnore]
    public string PublicId => Id[..PublicLetters];
}

/// <summary>
/// Who is signed in, in the store, so that every process knows at once who is and who is no more. The browser's cookie is a random text;
/// here is its hash. A session ends after a while of silence, and after a day's work in any case.
/// </summary>
internal sealed class Sessions(IAccessStore store, TimeProvider time)
{
    public static readonly TimeSpan Idle = TimeSpan.FromHours(2);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private const string Kind = "session";
    private const int AgentMax = 200;

    // Every request asks; only now and then is it written that somebody did.
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    /// <returns>The text for the browser, its only copy.</returns>
    public async Task<(string Secret, Session Session)> OpenAsync(string user, string from, string agent, CancellationToken cancellation)
    {
        var secret = Secrets.Create();
        var now = time.GetUtcNow();
        var session = new Session(Secrets.HashOf(secret), user, now, now, from, agent.Length > AgentMax ? agent[..AgentMax] : agent);
        await store.DeleteExpiredAsync(Instant.FromDateTimeOffset(now), cancellation);
        await store.PutAsync(
            new AccessRecord(Kind, session.Id, user, 0, JsonSerializer.Serialize(session), Instant.FromDateTimeOffset(now + Longest)), cancellation);
        return (secret, session);
    }

    /// <returns>Null for one that is unknown, ended or over.</returns>
    public async ValueTask<Session?> FindAsync(string secret, CancellationToken cancellation)
    {
        if (secret.Length is 0 or > Secrets.LengthMax || await store.FindAsync(Kind, Secrets.HashOf(secret), cancellation) is not { } record)
        {
            return null;
        }
        var session = Read(record);
        var now = time.GetUtcNow();
        if (!Holds(session, now))
        {
            await store.DeleteAsync(Kind, record.Id, CancellationToken.None);
            return null;
        }
        if (now - session.SeenAt >= SeenEvery)
        {
            // Where another request says so at the same time, one of them is enough.
            await store.PutAsync(record with { Document = JsonSerializer.Serialize(session with { SeenAt = now }) }, CancellationToken.None);
        }
        return session;
    }

    /// <summary>Whether it goes on, without counting as a sign of life: for answers that last.</summary>
    public async ValueTask<bool> GoesOnAsync(string id, CancellationToken cancellation) =>
        await store.FindAsync(Kind, id, cancellation) is { } record && Holds(Read(record), time.GetUtcNow());

    public async Task<IReadOnlyList<Session>> ListAsync(string user, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return [.. (await store.ListAsync(Kind, user, cancellation)).Select(Read).Where(one => Holds(one, now)).OrderByDescending(one => one.SeenAt)];
    }

    /// <returns>Whether there was one.</returns>
    public async Task<bool> EndAsync(string user, string publicId, CancellationToken cancellation)
    {
        var found = (await ListAsync(user, cancellation)).FirstOrDefault(one => one.PublicId == publicId);
        return found is not null && await store.DeleteAsync(Kind, found.Id, cancellation);
    }

    /// <summary>Ends the one that a browser has, whoever's it is.</summary>
    public async Task<bool> EndAsync(string secret, CancellationToken cancellation) =>
        secret.Length is > 0 and <= Secrets.LengthMax && await store.DeleteAsync(Kind, Secrets.HashOf(secret), cancellation);

    /// <returns>How many.</returns>
    public async Task<int> EndAllAsync(string user, string? exceptId, CancellationToken cancellation) =>
        await store.DeleteOwnedAsync(Kind, user, exceptId, cancellation);

    private static bool Holds(Session session, DateTimeOffset now) => now - session.SeenAt < Idle && now - session.CreatedAt < Longest;

    private static Session Read(AccessRecord record) => JsonSerializer.Deserialize<Session>(record.Document)!;
}
