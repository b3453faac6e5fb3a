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

    /// <summary>Contacts' states as they are stored, in order.</summary>
    ValueTask<IReadOnlyList<StoredState>> StatesAsync(long after, int limit, CancellationToken cancellation);

    /// <summary>Exchanges states that are still as they were read; one whose contact got another key meanwhile is left alone.</summary>
    /// <returns>How many there were.</returns>
    ValueTask<int> HideStatesAsync(IReadOnlyList<HiddenState> states, CancellationToken cancellation);

    /// <summary>Messages as they are stored, in order of their numbers.</summary>
    ValueTask<IReadOnlyList<StoredText>> TextsAsync(long after, int limit, CancellationToken cancellation);

    /// <summary>The same with messages.</summary>
    ValueTask<int> HideTextsAsync(IReadOnlyList<HiddenText> texts, CancellationToken cancellation);
}

internal sealed record StoredState(long Contact, byte[] State);

/// <param name="Made">The contact's first key; null where it has one.</param>
internal sealed record HiddenState(StoredState Clear, byte[] State, ContactKey? Made);

internal sealed record StoredText(long Number, long Contact, string AddressType, string Address, string Content);

/// <param name="Made">The contact's first key; null where it has one.</param>
internal sealed record HiddenText(StoredText Clear, string Address, string Content, ContactKey? Made);
