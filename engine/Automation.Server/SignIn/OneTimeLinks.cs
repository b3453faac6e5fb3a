using System.Text.Json;
using Automation.Runtime.Ports;
using Automation.Server.Security;
using NodaTime;

namespace Automation.Server.SignIn;

/// <summary>What a link is good for.</summary>
internal enum LinkPurpose
{
    /// <summary>The first admin chooses a name and a password.</summary>
    SetUp,

    /// <summary>A user who was invited chooses a password.</summary>
    Invitation,

    /// <summary>A user whose password was reset chooses another one.</summary>
    Reset,
}

/// <param name="User">Empty for the first admin, who chooses a name.</param>
internal sealed record OneTimeLink(LinkPurpose Purpose, string User, Role Role, DateTimeOffset ExpiresAt);

/// <summary>
/// Links that work once and not for long. The secret stands behind the <c>#</c> of the address, which browsers send to nobody; the store
/// has its hash.
/// </summary>
internal sealed class OneTimeLinks(IAccessStore store, TimeProvider time)
{
    private const string Kind = "link";
    private const string NobodyYet = "";

    private static readonly TimeSpan SetUpFor = TimeSpan.FromHours(24);
    private static readonly TimeSpan InvitationFor = TimeSpan.FromDays(3);

    /// <summary>Behind the server's address.</summary>
    public static string PathOf(string secret) => $"/#/welcome/{secret}";

    public async Task<(string Secret, OneTimeLink Link)> CreateAsync(LinkPurpose purpose, string user, Role role, CancellationToken cancellation)
    {
        var secret = Secrets.Create();
        var link = new OneTimeLink(purpose, user, role, time.GetUtcNow() + (purpose == LinkPurpose.Invitation ? InvitationFor : SetUpFor));
        await store.PutAsync(
            new AccessRecord(Kind, Secrets.HashOf(secret), user, 0, JsonSerializer.Serialize(link), Instant.FromDateTimeOffset(link.ExpiresAt)), cancellation);
        return (secret, link);
    }

    /// <returns>Null for one that is unknown, used or too old.</returns>
    public async Task<OneTimeLink?> FindAsync(string secret, CancellationToken cancellation)
    {
        if (secret.Length is 0 or > Secrets.LengthMax || await store.FindAsync(Kind, Secrets.HashOf(secret), cancellation) is not { } record)
        {
            return null;
        }
        var link = JsonSerializer.Deserialize<OneTimeLink>(record.Document)!;
        return link.ExpiresAt > time.GetUtcNow() ? link : null;
    }

    /// <returns>Whether it was there: of two who use it at once, one is told so.</returns>
    public async Task<bool> UseUpAsync(string secret, CancellationToken cancellation) =>
        await store.DeleteAsync(Kind, Secrets.HashOf(secret), cancellation);

    public async Task ForgetAsync(string user, CancellationToken cancellation) => await store.DeleteOwnedAsync(Kind, user, null, cancellation);

    public Task ForgetSetUpAsync(CancellationToken cancellation) => ForgetAsync(NobodyYet, cancellation);
}
