using Automation.Core.Deciding;
using Automation.Runtime.Ports;

namespace Automation.Storage.Personal;

/// <summary>A commit with everything personal hidden: who has any gets a key, and who has none pays a look at the names of their properties.</summary>
internal sealed class HiddenBatch(PersonalCipher cipher)
{
    private readonly Dictionary<long, byte[]> _made = [];
    private bool _erases;

    public async ValueTask<CommitBatch> HideAsync(CommitBatch batch, CancellationToken cancellation)
    {
        batch = Identities(batch);
        batch = Ends(batch);
        var personal = Personal(batch);
        if (personal.Count == 0)
        {
            return batch;
        }
        await cipher.LearnAsync(personal, cancellation);
        var keys = personal.Where(contact => cipher.Find(contact) is null).Select(Make).ToList();
        return batch with
        {
            NewKeys = keys,
            Events = Map(batch.Events, one => Key(one.Contact) is { } key ? one with { Event = cipher.Hide(one.Event, key, one.Contact) } : one),
            Facts = Map(batch.Facts, one => Key(one.Contact) is { } key ? one with { Fact = FactBags.Map(one.Fact, bag => cipher.Hide(bag, key, one.Contact)) } : one),
            Contacts = Map(batch.Contacts, one => Key(one.After.Id) is { } key ? one with { After = cipher.Hide(one.After, key) } : one),
            Messages = Map(batch.Messages, Hide),
        };
    }

    /// <summary>It is on the disk, so its keys are the ones that hold.</summary>
    public void Committed()
    {
        if (_erases)
        {
            // Who became part of an erased contact is erased too, and only the store knows them.
            cipher.ForgetAll();
            return;
        }
        foreach (var (contact, key) in _made)
        {
            cipher.Remember(contact, key);
        }
    }

    private HashSet<long> Personal(CommitBatch batch)
    {
        var personal = new HashSet<long>();
        foreach (var change in batch.Contacts)
        {
            if (cipher.IsPersonal(change.After))
            {
                personal.Add(change.After.Id);
            }
        }
        foreach (var recorded in batch.Events)
        {
            if (HiddenValues.IsPersonal(recorded.Event.Properties, cipher.Fields) || HiddenValues.IsPersonal(recorded.Event.Identities))
            {
                personal.Add(recorded.Contact);
            }
        }
        foreach (var recorded in batch.Facts)
        {
            if (recorded.Contact > 0 && cipher.IsPersonal(recorded.Fact))
            {
                personal.Add(recorded.Contact);
            }
        }
        foreach (var message in batch.Messages)
        {
            if (IsPersonal(message))
            {
                personal.Add(message.Contact);
            }
        }
        return personal;
    }

    private static bool IsPersonal(OutboxMessage message) =>
        HiddenValues.IsPersonal(new Core.Contacts.Identity(message.Message.AddressType, message.Message.Address));

    private ContactKey Make(long contact)
    {
        var made = cipher.Make(contact, out var key);
        _made.Add(contact, key);
        return made;
    }

    private byte[]? Key(long contact) => _made.TryGetValue(contact, out var made) ? made : cipher.Find(contact);

    // A text that was written for somebody may name them, so all of it is hidden where they have a key.
    private OutboxMessage Hide(OutboxMessage queued)
    {
        if (Key(queued.Contact) is not { } key)
        {
            return queued;
        }
        var message = queued.Message;
        return queued with
        {
            Message = message with
            {
                Address = IsPersonal(queued) ? cipher.Ring.Index(message.Address) : message.Address,
                Content = HiddenValues.HideMessage(message.Address, message.Content, key, queued.Contact),
            },
        };
    }

    private CommitBatch Identities(CommitBatch batch)
    {
        foreach (var link in batch.Identities)
        {
            if (HiddenValues.IsPersonal(link.Identity))
            {
                return batch with
                {
                    Identities = Map(batch.Identities, one => HiddenValues.IsPersonal(one.Identity) ? one with { Identity = cipher.Ring.Index(one.Identity) } : one),
                };
            }
        }
        return batch;
    }

    private CommitBatch Ends(CommitBatch batch)
    {
        List<KeyMove>? moves = null;
        List<long>? erased = null;
        foreach (var recorded in batch.Facts)
        {
            switch (recorded.Fact)
            {
                case ContactFact.ContactMerged merged:
                    (moves ??= []).Add(new KeyMove(recorded.Contact, merged.Survivor));
                    break;
                case ContactFact.ContactErased:
                    (erased ??= []).Add(recorded.Contact);
                    break;
                default:
                    break;
            }
        }
        _erases = erased is not null;
        return moves is null && erased is null ? batch : batch with { KeyMoves = moves ?? [], Erased = erased ?? [] };
    }

    private static T[] Map<T>(IReadOnlyList<T> items, Func<T, T> map)
    {
        var mapped = new T[items.Count];
        for (var i = 0; i < mapped.Length; i++)
        {
            mapped[i] = map(items[i]);
        }
        return mapped;
    }
}
