using System.Text;
using Automation.Core.Contacts;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;

namespace Automation.Storage.Personal;

/// <summary>
/// Encrypts states and messages that were written before what they hold was personal. Events and facts stay as they are: seals cover them.
/// </summary>
internal sealed class EarlierValues(IContactKeyStore store, Func<PersonalCipher> open) : IEarlierValues
{
    private const int Page = 500;

    public string Fields => string.Join(' ', open().Fields.Declared);

    // A cipher of its own: the loop's remembers what it hid last, and is the loop's alone.
    public async ValueTask<EarlierPlace> HideAsync(EarlierPlace place, CancellationToken cancellation) =>
        place.IsThroughContacts ? await TextsAsync(place, open(), cancellation) : await StatesAsync(place, open(), cancellation);

    private async ValueTask<EarlierPlace> StatesAsync(EarlierPlace place, PersonalCipher cipher, CancellationToken cancellation)
    {
        var page = await store.StatesAsync(place.Contact, Page, cancellation);
        var names = new NamePool();
        var clear = page.Select(one => (Stored: one, Contact: ContactBytes.Read(one.State, names))).Where(one => cipher.IsClear(one.Contact)).ToList();
        await cipher.LearnAsync(clear.Select(static one => one.Contact.Id), cancellation);
        var hidden = clear.ConvertAll(one => Hide(one.Stored, one.Contact, cipher));
        var count = hidden.Count > 0 ? await store.HideStatesAsync(hidden, cancellation) : 0;
        return place with
        {
            Contact = page is [.., var last] ? last.Contact : place.Contact, Contacts = place.Contacts + count, IsThroughContacts = page.Count < Page,
        };
    }

    private static HiddenState Hide(StoredState stored, Contact contact, PersonalCipher cipher)
    {
        var (key, made) = Key(contact.Id, cipher);
        var buffer = new ByteBuffer(stored.State.Length * 2);
        // What was hidden already lies in the same box as what comes to it.
        ContactBytes.Write(buffer, cipher.Hide(cipher.Open(contact), key));
        return new HiddenState(stored, buffer.Written.ToArray(), made);
    }

    private async ValueTask<EarlierPlace> TextsAsync(EarlierPlace place, PersonalCipher cipher, CancellationToken cancellation)
    {
        var page = await store.TextsAsync(place.Message, Page, cancellation);
        // One without an address was emptied when its contact was erased.
        var clear = page.Where(static one => one.Address.Length > 0 && !HiddenValues.IsHiddenMessage(one.Content)).ToList();
        await cipher.LearnAsync(clear.Select(static one => one.Contact).Distinct(), cancellation);
        var hidden = new List<HiddenText>();
        var made = new Dictionary<long, (byte[] Key, ContactKey? Made)>();
        foreach (var one in clear)
        {
            var isPersonal = HiddenValues.IsPersonal(new Identity(one.AddressType, one.Address));
            if (!isPersonal && cipher.Find(one.Contact) is null)
            {
                continue;
            }
            if (!made.TryGetValue(one.Contact, out var key))
            {
                made[one.Contact] = key = Key(one.Contact, cipher);
            }
            var content = HiddenValues.HideMessage(one.Address, PropertyJson.Parse(Encoding.UTF8.GetBytes(one.Content)), key.Key, one.Contact);
            hidden.Add(new HiddenText(one, isPersonal ? cipher.Ring.Index(one.Address) : one.Address, HiddenValues.Text(content), key.Made));
        }
        var count = hidden.Count > 0 ? await store.HideTextsAsync(hidden, cancellation) : 0;
        return place with
        {
            Message = page is [.., var last] ? last.Number : place.Message, Messages = place.Messages + count, IsDone = page.Count < Page,
        };
    }

    private static (byte[] Key, ContactKey? Made) Key(long contact, PersonalCipher cipher)
    {
        if (cipher.Find(contact) is { } known)
        {
            return (known, null);
        }
        var made = cipher.Make(contact, out var key);
        return (key, made);
    }
}
