using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;

namespace Automation.Runtime.Audit;

/// <summary>
/// Rebuilds every contact from the recorded events and facts alone and compares it with what the store holds: the proof that the
/// ledger tells everything, and the way back if the table of contacts were lost.
/// </summary>
public sealed class Rebuilding
{
    private const int DifferencesMax = 100;
    private const int PageSize = 1_000;

    private readonly Dictionary<long, Contact> _contacts = [];
    private readonly Dictionary<long, ContactEvent> _lastEvents = [];
    private readonly List<long> _differing = [];

    public long Contacts => _contacts.Count;

    /// <summary>Contacts whose stored state is another one than their records give; the first hundred.</summary>
    public IReadOnlyList<long> Differing => _differing;

    public long DifferingCount { get; private set; }

    /// <summary>Contacts of whom only the number is left.</summary>
    public long Erased => _contacts.Values.LongCount(static contact => contact.IsErased);

    /// <summary>Reads the records of all partitions in the order of their commits, and then the contacts; nobody may write meanwhile.</summary>
    /// <param name="counting">Is given every record on the way.</param>
    public async Task RunAsync(ILedgerStore ledger, IProgress<long>? progress, CancellationToken cancellation, Recounting? counting = null)
    {
        var read = 0L;
        await foreach (var record in MergedPartitions.RecordsAsync(ledger, cancellation))
        {
            Apply(record);
            counting?.Add(record);
            if (++read % 10_000 == 0)
            {
                progress?.Report(read);
            }
        }
        await CompareAsync(ledger, cancellation);
    }

    private void Apply(in LedgerRecord record)
    {
        if (record.Contact == 0)
        {
            return; // About definitions.
        }
        if (record.Event is { } recorded)
        {
            var happened = recorded.Event;
            var contact = _contacts.GetValueOrDefault(record.Contact) ?? new Contact(record.Contact, happened.OccurredAt);
            _contacts[record.Contact] = Evolution.Apply(contact, happened);
            _lastEvents[record.Contact] = happened;
        }
        else if (record.Fact is { } fact && _contacts.GetValueOrDefault(record.Contact) is { } contact)
        {
            var other = fact.Fact is ContactFact.ContactAbsorbed absorbed ? _contacts.GetValueOrDefault(absorbed.Other) : null;
            var context = new FoldContext(_lastEvents.GetValueOrDefault(record.Contact), other);
            _contacts[record.Contact] = Evolution.Apply(contact, fact.Fact, fact.At, context);
        }
    }

    private async Task CompareAsync(ILedgerStore ledger, CancellationToken cancellation)
    {
        var missing = new HashSet<long>(_contacts.Keys);
        var after = 0L;
        while (await ledger.ContactPageAsync(after, PageSize, cancellation) is { Count: > 0 } page)
        {
            foreach (var stored in page)
            {
                missing.Remove(stored.Id);
                if (!_contacts.TryGetValue(stored.Id, out var rebuilt) || !Same(stored, rebuilt))
                {
                    Differs(stored.Id);
                }
            }
            after = page[^1].Id;
        }
        foreach (var id in missing.Order())
        {
            Differs(id);
        }
    }

    private void Differs(long contact)
    {
        DifferingCount++;
        if (_differing.Count < DifferencesMax)
        {
            _differing.Add(contact);
        }
    }

    private static bool Same(Contact stored, Contact rebuilt) => Bytes(stored).AsSpan().SequenceEqual(Bytes(rebuilt));

    private static byte[] Bytes(Contact contact)
    {
        var buffer = new ByteBuffer();
        ContactBytes.Write(buffer, contact);
        return buffer.Written.ToArray();
    }
}
