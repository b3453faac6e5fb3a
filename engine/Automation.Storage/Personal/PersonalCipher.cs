using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;

namespace Automation.Storage.Personal;

/// <summary>
/// Hides and opens what is personal of contacts, each under a key of its own. Keys are remembered for some minutes: so long another
/// process may still open what was erased here.
/// </summary>
internal sealed class PersonalCipher(PersonalKeyRing ring, IContactKeyStore store, Func<PersonalFields> fields)
{
    private const int KnownMax = 50_000;
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<long, Known> _known = new();

    public PersonalFields Fields => fields();

    public PersonalKeyRing Ring => ring;

    /// <summary>Knows the keys of these contacts when it returns, or that they have none.</summary>
    public async ValueTask LearnAsync(IEnumerable<long> contacts, CancellationToken cancellation)
    {
        List<long>? unknown = null;
        foreach (var contact in contacts)
        {
            if (!_known.TryGetValue(contact, out var known) || known.IsOld)
            {
                (unknown ??= []).Add(contact);
            }
        }
        if (unknown is null)
        {
            return;
        }
        if (_known.Count > KnownMax)
        {
            _known.Clear();
        }
        var found = (await store.ReadAsync(unknown, cancellation)).ToDictionary(static key => key.Contact);
        foreach (var contact in unknown)
        {
            // Where nobody has a key yet, that is not remembered: it may get one with the next commit.
            if (found.TryGetValue(contact, out var wrapped))
            {
                _known[contact] = new Known(ring.Unwrap(wrapped));
            }
            else
            {
                _known.TryRemove(contact, out _);
            }
        }
    }

    public byte[]? Find(long contact) => _known.TryGetValue(contact, out var known) ? known.Key : null;

    /// <summary>A key for a contact that has none. It is known once it was committed.</summary>
    public ContactKey Make(long contact, out byte[] key)
    {
        key = RandomNumberGenerator.GetBytes(AesBox.KeyBytes);
        return ring.Wrap(contact, key);
    }

    public void Remember(long contact, byte[] key) => _known[contact] = new Known(key);

    public void ForgetAll() => _known.Clear();

    public bool IsPersonal(Contact contact)
    {
        var any = false;
        Visit(contact, bag => any = any || HiddenValues.IsPersonal(bag, Fields));
        return any || HiddenValues.IsPersonal(contact.Identities);
    }

    public static bool IsHidden(Contact contact)
    {
        var any = false;
        Visit(contact, bag => any = any || HiddenValues.IsHidden(bag));
        return any || HiddenValues.IsHidden(contact.Identities);
    }

    public bool IsClear(Contact contact)
    {
        var any = false;
        Visit(contact, bag => any = any || HiddenValues.IsClear(bag, Fields));
        return any || HiddenValues.IsClear(contact.Identities);
    }

    public Contact Hide(Contact contact, byte[] key)
    {
        // What did not change since the last time is not encrypted anew; most events leave attributes alone.
        var known = _known.GetValueOrDefault(contact.Id);
        return ContactBags.Map(
            contact,
            bag => ReferenceEquals(bag, known?.Clear) ? known!.Hidden! : Keep(known, contact, bag, Hide(bag, key, contact.Id)),
            identities => known is not null && identities == known.ClearNames ? known.HiddenNames : Keep(known, identities, HiddenValues.Hide(identities, key, contact.Id)));
    }

    public Contact Open(Contact contact)
    {
        if (!IsHidden(contact))
        {
            return contact;
        }
        var key = Find(contact.Id);
        return ContactBags.Map(
            contact,
            bag => HiddenValues.IsHidden(bag) ? HiddenValues.Open(bag, key, contact.Id) : bag,
            identities => HiddenValues.IsHidden(identities) ? HiddenValues.Open(identities, key, contact.Id) : identities);
    }

    public PropertyBag Hide(PropertyBag bag, byte[] key, long contact) =>
        HiddenValues.IsPersonal(bag, Fields) ? HiddenValues.Hide(bag, Fields, key, contact) : bag;

    public ContactEvent Hide(ContactEvent happened, byte[] key, long contact) => happened with
    {
        Properties = Hide(happened.Properties, key, contact),
        Identities = HiddenValues.IsPersonal(happened.Identities) ? HiddenValues.Hide(happened.Identities, key, contact) : happened.Identities,
    };

    public static bool IsHidden(ContactEvent happened) => HiddenValues.IsHidden(happened.Properties) || HiddenValues.IsHidden(happened.Identities);

    public ContactEvent Open(ContactEvent happened, long contact) => IsHidden(happened)
        ? happened with
        {
            Properties = HiddenValues.Open(happened.Properties, Find(contact), contact),
            Identities = HiddenValues.Open(happened.Identities, Find(contact), contact),
        }
        : happened;

    public bool IsPersonal(Fact fact)
    {
        var any = false;
        FactBags.Map(fact, bag =>
        {
            any |= HiddenValues.IsPersonal(bag, Fields);
            return bag;
        });
        return any;
    }

    public static bool IsHidden(Fact fact)
    {
        var any = false;
        FactBags.Map(fact, bag =>
        {
            any |= HiddenValues.IsHidden(bag);
            return bag;
        });
        return any;
    }

    public Fact Open(Fact fact, long contact) =>
        FactBags.Map(fact, bag => HiddenValues.IsHidden(bag) ? HiddenValues.Open(bag, Find(contact), contact) : bag);

    private static void Visit(Contact contact, Action<PropertyBag> look) => ContactBags.Map(
        contact,
        bag =>
        {
            look(bag);
            return bag;
        },
        static identities => identities);

    private static PropertyBag Keep(Known? known, Contact contact, PropertyBag clear, PropertyBag hidden)
    {
        if (known is not null && ReferenceEquals(clear, contact.Attributes))
        {
            (known.Clear, known.Hidden) = (clear, hidden);
        }
        return hidden;
    }

    private static ImmutableArray<Identity> Keep(Known? known, ImmutableArray<Identity> clear, ImmutableArray<Identity> hidden)
    {
        if (known is not null)
        {
            (known.ClearNames, known.HiddenNames) = (clear, hidden);
        }
        return hidden;
    }

    /// <summary>A key, and what was hidden with it last. Only commits write the latter, one at a time.</summary>
    private sealed class Known(byte[] key)
    {
        private readonly long _since = Stopwatch.GetTimestamp();

        public byte[] Key => key;

        public bool IsOld => Stopwatch.GetElapsedTime(_since) > Remembered;

        public PropertyBag? Clear { get; set; }

        public PropertyBag? Hidden { get; set; }

        public ImmutableArray<Identity> ClearNames { get; set; }

        public ImmutableArray<Identity> HiddenNames { get; set; }
    }
}
