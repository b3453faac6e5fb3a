namespace Automation.Connectors.Tokens;

/// <summary>A vendor's access token.</summary>
/// <param name="Value">The token. A secret: it must never stand in a log, a result or a fact.</param>
/// <param name="GoodUntil">
/// From when on it is fetched anew. Give a moment before the vendor's own (WeChat and WeCom: 300 s before), so that a call under way
/// never meets the end.
/// </param>
public sealed record VendorToken(string Value, DateTimeOffset GoodUntil)
{
    /// <summary>Names no token, so that it is safe to log.</summary>
    public override string ToString() => "token ***";
}

/// <summary>
/// Keeps vendors' access tokens. Most vendors rate-limit the fetching and some invalidate the old token with each new one, so a token
/// is shared: within the process here, and between processes where the engine lends a store that several share.
/// </summary>
public interface ITokenStore
{
    /// <summary>The token of a key: the kept one while it is good, else a fetched one.</summary>
    /// <param name="key">
    /// What the token belongs to: vendor, application and a fingerprint of the secret (<see cref="TokenKey.Of"/>), so that a changed
    /// secret fetches a new token.
    /// </param>
    /// <param name="fetch">
    /// Asks the vendor. Called once, however many wait for the same key; it is not cancelled when one of them gives up. What it throws
    /// is thrown to all of them, and nothing is kept.
    /// </param>
    /// <param name="cancellation">Ends this caller's waiting.</param>
    ValueTask<VendorToken> GetAsync(
        string key, Func<CancellationToken, ValueTask<VendorToken>> fetch, CancellationToken cancellation);

    /// <summary>
    /// Forgets a token that the vendor called invalid, if it is still the kept one: of many calls that fail with one token only the first
    /// causes a new one.
    /// </summary>
    /// <param name="key">As in <see cref="GetAsync"/>.</param>
    /// <param name="token">The token that was refused.</param>
    /// <param name="cancellation">Ends waiting.</param>
    ValueTask DropAsync(string key, VendorToken token, CancellationToken cancellation);
}
