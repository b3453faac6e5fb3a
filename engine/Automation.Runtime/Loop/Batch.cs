using System.Runtime.InteropServices;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Journeys;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Loop;

/// <summary>
/// What one commit will write, while it is being gathered. It remembers where the sequence and the contact ids stood when it was
/// opened, so that everything after can be undone.
/// </summary>
internal sealed class Batch(long number, long firstSequence, long firstContact)
{
    private readonly List<CachedContact> _changed = [];
    private readonly Dictionary<CounterKey, long> _counters = [];
    private readonly Dictionary<DayKey, long> _days = [];

    public long Number { get; private set; } = number;

    /// <summary>Of this try: what is decided anew is another batch.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    public long FirstSequence { get; } = firstSequence;

    public long FirstContact { get; } = firstContact;

    public long NextSequence { get; private set; } = firstSequence;

    public long NextContact { get; private set; } = firstContact;

    /// <summary>Time of the newest decision in it.</summary>
    public Instant At { get; set; }

    public List<Submission> Submissions { get; } = [];

    public int Weight { get; set; }

    public HashSet<string> MessageIds { get; } = new(StringComparer.Ordinal);

    public List<RecordedEvent> Events { get; } = [];

    public List<RecordedFact> Facts { get; } = [];

    public List<IdentityLink> Identities { get; } = [];

    public List<OutboxMessage> Messages { get; } = [];

    public List<MessageChange> MessageChanges { get; } = [];

    /// <summary>Messages of earlier commits that go out again.</summary>
    public List<Guid> Again { get; } = [];

    public List<SendIntent> Intents { get; } = [];

    /// <summary>The earliest deadline among the contacts it wrote, once it is closed.</summary>
    public Instant? EarliestDue { get; private set; }

    public IReadOnlyList<CachedContact> Changed => _changed;

    public IReadOnlyDictionary<CounterKey, long> Counters => _counters;

    public bool IsEmpty => Submissions.Count == 0;

    public long TakeSequence() => NextSequence++;

    public long TakeContactId() => NextContact++;

    /// <summary>Puts the contact on the list of those to be written, with the state it had before this batch.</summary>
    public void Change(CachedContact contact, bool isNew = false)
    {
        if (contact.ChangedIn != Number)
        {
            contact.ChangedIn = Number;
            contact.Before = isNew ? null : contact.Contact;
            _changed.Add(contact);
        }
    }

    public void Count(in CounterKey key) => CollectionsMarshal.GetValueRefOrAddDefault(_counters, key, out _)++;

    public void Count(in DayKey key) => CollectionsMarshal.GetValueRefOrAddDefault(_days, key, out _)++;

    /// <summary>Closes the list of contacts: each once, in id order, with its next deadline.</summary>
    /// <param name="lastRevision">Revision of the batch before.</param>
    public CommitBatch ToCommit(int partition, JourneySet journeys, ParkedContacts parked, long lastRevision)
    {
        _changed.Sort(static (left, right) => left.Id.CompareTo(right.Id));
        var contacts = new ContactChange[_changed.Count];
        var revision = lastRevision;
        foreach (var contact in _changed)
        {
            revision = Math.Max(revision, contact.Revision);
        }
        revision++;
        for (var i = 0; i < contacts.Length; i++)
        {
            var contact = _changed[i];
            var due = parked.Postpone(contact.Id, DueOf(journeys, contact.Contact, At), At);
            contact.HasDue = true;
            contact.DueAt = due;
            contacts[i] = new ContactChange(contact.Before, contact.Contact, due, contact.Revision);
            contact.Revision = revision;
            if (due is not null && (EarliestDue is null || due < EarliestDue))
            {
                EarliestDue = due;
            }
        }
        return new CommitBatch
        {
            Partition = partition,
            Id = Id,
            Revision = revision,
            At = At,
            Events = Events,
            Facts = Facts,
            Contacts = contacts,
            Identities = Identities,
            Messages = Messages,
            MessageChanges = MessageChanges,
            Intents = Intents,
            Counters = _counters,
            Days = _days,
        };
    }

    /// <summary>Empties it for the next decision; the simulator, which commits nothing, works in one batch for ever.</summary>
    public void Clear()
    {
        Number++;
        _changed.Clear();
        _counters.Clear();
        _days.Clear();
        Submissions.Clear();
        Events.Clear();
        Facts.Clear();
        Identities.Clear();
        Messages.Clear();
        MessageChanges.Clear();
        Again.Clear();
        Intents.Clear();
    }

    private static Instant? DueOf(JourneySet journeys, Contact contact, Instant now) =>
        contact.MergedInto is null ? NextDue.Of(journeys, contact, now) : null;
}
