using System.Globalization;
using Automation.Core.Contacts;
using Automation.Runtime.Ports;

namespace Automation.Server.Cli.Audit;

/// <summary>
/// How people name a contact: a user id (<c>alice</c>), an identity (<c>phone=+8613800138000</c>), or the number the ledger
/// uses (<c>id=42</c>). A bare number is a user id first, because shops number their users too.
/// </summary>
internal static class ContactReference
{
    private const string IdType = "id";

    /// <exception cref="CannotRunException">Nobody is called so.</exception>
    public static async ValueTask<long> ResolveAsync(ILedgerStore ledger, string text, CancellationToken cancellation) =>
        await FindAsync(ledger, text, cancellation)
        ?? throw new CannotRunException(
            "unknown_contact", $"Expected a user id, an identity such as user_id=alice, or id=42, but no contact is called '{text}'.");

    /// <summary>What to call a contact so that it is found again: the user id, and the ledger's number where it has none. Empty for nobody.</summary>
    public static async ValueTask<string> NameAsync(ILedgerStore ledger, long id, CancellationToken cancellation)
    {
        if (id == 0)
        {
            return "";
        }
        var contact = await ledger.ContactAsync(id, cancellation);
        var user = contact?.Identities.FirstOrDefault(one => one.Type == Identity.UserId).Value;
        return user ?? string.Create(CultureInfo.InvariantCulture, $"{IdType}={id}");
    }

    private static async ValueTask<long?> FindAsync(ILedgerStore ledger, string text, CancellationToken cancellation)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0)
        {
            var (type, value) = (text[..equals], text[(equals + 1)..]);
            return type == IdType
                ? await ByNumberAsync(ledger, value, cancellation)
                : await ledger.FindContactAsync(new Identity(type, value), cancellation);
        }
        return await ledger.FindContactAsync(new Identity(Identity.UserId, text), cancellation)
            ?? await ByNumberAsync(ledger, text, cancellation);
    }

    private static async ValueTask<long?> ByNumberAsync(ILedgerStore ledger, string text, CancellationToken cancellation) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && await ledger.ContactAsync(id, cancellation) is not null ? id : null;
}
