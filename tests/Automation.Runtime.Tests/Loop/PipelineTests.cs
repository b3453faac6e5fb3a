using System.Collections.Immutable;
using Automation.Core.Contacts;
using Automation.Core.Primitives;
using Automation.Runtime.Loop;

namespace Automation.Runtime.Tests.Loop;

public sealed class PipelineTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    /// <summary>
    /// However envelopes are cut into batches, and whichever loads and commits fail on the way, the ledger is the one that a patient
    /// engine writes that takes one event at a time.
    /// </summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Any_interleaving_writes_what_one_at_a_time_writes(int seed)
    {
        var random = new Random(seed);
        var envelopes = Enumerable.Range(0, 60).Select(_ => Envelope(random)).ToArray();
        await using var reference = await EngineFixture.StartAsync(new EngineOptions { BatchSizeMax = 1 });
        foreach (var happened in envelopes.SelectMany(envelope => envelope))
        {
            await reference.Engine.SubmitAsync([happened]);
        }

        await using var tested = await EngineFixture.StartAsync(new EngineOptions
        {
            BatchSizeMax = random.Next(1, 12), ContactsCachedMax = random.Next(0, 6), RetryFirst = TimeSpan.Zero, AttemptsMax = 100,
        });
        var failures = new Random(seed);
        tested.Store.Always = async _ =>
        {
            await Task.Yield();
            if (failures.Next(4) == 0)
            {
                throw new IOException("disk");
            }
        };
        var silences = new Random(seed + 1);
        tested.Store.BeforeLoad = async _ =>
        {
            await Task.Yield();
            if (silences.Next(4) == 0)
            {
                throw new IOException("connection");
            }
        };
        var answers = new List<Task<Acknowledgement>>();
        foreach (var envelope in envelopes)
        {
            answers.Add(tested.Engine.SubmitAsync(envelope).AsTask());
            if (random.Next(3) == 0)
            {
                await answers[random.Next(answers.Count)];
            }
        }
        var receipts = await Task.WhenAll(answers);

        Assert.Equal(Told(await reference.RecordsAsync()), Told(await tested.RecordsAsync()));
        Assert.Equal(envelopes.Sum(envelope => envelope.Count), receipts.Sum(receipt => receipt.Accepted + receipt.Duplicates));
        foreach (var contact in await reference.Memory.ContactPageAsync(0, 1_000, CancellationToken.None))
        {
            var twin = await tested.Memory.ContactAsync(contact.Id, CancellationToken.None);
            Assert.Equal(Bytes(contact), Bytes(twin!));
        }
    }

    private static List<ContactEvent> Envelope(Random random)
    {
        var envelope = new List<ContactEvent>();
        for (var count = random.Next(1, 6); count > 0; count--)
        {
            var user = $"u{random.Next(4)}";
            var anonymous = $"a{random.Next(5)}";
            var id = $"m{random.Next(120)}";
            ImmutableArray<Identity> both = [Given.User(user), Given.Anonymous(anonymous)];
            envelope.Add(random.Next(5) switch
            {
                0 => Given.Identify(id, both),
                1 => Given.Event(id, EventType.Track, "seen", null, null, both),
                2 => Given.Event(id, EventType.Track, "seen", null, null, Given.Anonymous(anonymous)),
                3 => Given.Alias(id, Given.User(user), Given.User($"u{random.Next(4)}")),
                _ => Given.Track(id, user),
            });
        }
        return envelope;
    }

    private static byte[] Bytes(Contact contact)
    {
        var bytes = new ByteBuffer();
        ContactBytes.Write(bytes, contact);
        return bytes.Written.ToArray();
    }

    private static List<string> Told(List<Ports.LedgerRecord> records) => [.. records.Select(record => record.Event is { } recorded
        ? $"{record.Sequence} {record.Contact} {recorded.Event.MessageId} {string.Join(',', recorded.Event.Identities)}"
        : $"{record.Sequence} {record.Contact} {record.Fact!.Value.Cause} {record.Fact.Value.Fact}")];
}
