using Automation.Runtime.Ports;

namespace Automation.Storage.Personal;

/// <summary>Where contacts' own keys lie, wrapped. They come in and go with commits of the loop; here they are read, and wrapped anew.</summary>
internal interface IContactKeyStore
{
    /// <summary>Those there are; a contact without personal data, or that was erased, has none.</summary>
    ValueTask<IReadOnlyList<ContactKey>> ReadAsync(IReadOnlyList<long> contacts, CancellationToken cancellation);

    /// <summary>Keys that are wrapped in another key than this, after a contact, in order.</summary>
    ValueTask<IReadOnlyList<ContactKey>> WrappedOtherwiseAsync(int ring, long after, int limit, CancellationToken cancellation);

    /// <summary>Exchanges wrappings; a key that is gone meanwhile stays gone.</summary>
    ValueTask ReplaceAsync(IReadOnlyList<ContactKey> keys, CancellationToken cancellation);

    /// <summary>Numbers that stand in clear among the identities, from a time before they were hidden.</summary>
    ValueTask<IReadOnlyList<string>> ClearIdentitiesAsync(string type, string prefix, int limit, CancellationToken cancellation);

    ValueTask HideIdentitiesAsync(string type, IReadOnlyList<(string Clear, string Hidden)> values, CancellationToken cancellation);
}
