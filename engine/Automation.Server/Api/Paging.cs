using System.Globalization;
using Automation.Core.Contacts;
using Automation.Runtime.Ports;
using NodaTime;
using NodaTime.Text;

namespace Automation.Server.Api;

/// <summary>What the queries of lists have in common: bounded pages, times, and who a contact is.</summary>
internal static class Paging
{
    public const int LimitDefault = 100;
    public const int LimitMax = 1_000;

    public static int Limit(int? asked) => asked switch
    {
        null => LimitDefault,
        >= 1 and <= LimitMax => asked.Value,
        _ => throw ApiException.BadRequest("bad_limit", $"Expected a limit from 1 to {LimitMax}, but found {asked}."),
    };

    public static Instant? Time(string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }
        var parsed = OffsetDateTimePattern.Rfc3339.Parse(text);
        return parsed.Success
            ? parsed.Value.ToInstant()
            : throw ApiException.BadRequest("bad_time", $"Expected {name} to be a time such as 2026-03-01T10:00:00+08:00, but found another text.");
    }

    /// <summary>
    /// A contact by id (digits), by identity (<c>phone:+86…</c>), or else by user id. The id is -1 where nobody has that identity,
    /// which no contact has.
    /// </summary>
    public static async ValueTask<long?> ContactAsync(ILedgerStore ledger, string? text, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return id;
        }
        return await ledger.FindContactAsync(IdentityOf(text), cancellation) ?? -1;
    }

    public static Identity IdentityOf(string text)
    {
        // An open id's type has a colon of its own.
        var from = text.StartsWith(Identity.OpenIdPrefix, StringComparison.Ordinal) ? Identity.OpenIdPrefix.Length : 0;
        var colon = text.IndexOf(':', from);
        if (colon <= 0)
        {
            return new Identity(Identity.UserId, text);
        }
        var (type, value) = (text[..colon], text[(colon + 1)..]);
        return type is Identity.UserId or Identity.AnonymousId || Identity.IsIdentityTrait(type)
            ? new Identity(type, type == Identity.Phone ? Ingest.PhoneNumbers.Normalize(value) ?? value : value)
            : new Identity(Identity.UserId, text);
    }
}
