using Automation.Core.Deciding;
using Automation.Runtime.Ports;
using Xunit;
using static Automation.Storage.Tests.Contracts.Sample;

namespace Automation.Storage.Tests.Contracts;

/// <summary>Counts of facts are what counting the facts gives, and every list finds its facts by index.</summary>
public abstract class TallyContract : IDisposable
{
    private static readonly string[] Journeys = ["welcome", "birthday"];
    private static readonly string[] Channels = ["sms", "wecom", "mini_program"];
    private static readonly string[] Nos = [Reasons.FrequencyCap, Reasons.QuietHours, Reasons.NoQuota, "someone said: 不要"];

    private readonly Lazy<StoreUnderTest> _store;

    protected TallyContract() => _store = new Lazy<StoreUnderTest>(Open);

    private protected StoreUnderTest Store => _store.Value;

    protected abstract StoreUnderTest Open();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Counts_are_what_counting_the_facts_gives(int seed)
    {
        var facts = Fill(seed, 40);

        foreach (var (from, to) in new[] { (0, 40), (3, 7), (12, 12) })
        {
            var counted = await Store.Ledger.TalliesAsync(new TallyQuery(At(3600 * from), At(3600 * to)), default);

            Assert.Equal(Recount(facts, from, to), counted.ToDictionary(one => one.Key, one => one.Count));
        }
        var held = await Store.Ledger.TalliesAsync(
            new TallyQuery(At(0), At(3600 * 40)) { Journey = "welcome", Channel = "sms", Reason = Reasons.FrequencyCap }, default);
        Assert.Equal(
            facts.Count(fact => TallyKey.Of(fact.Fact) is { Journey: "welcome", Channel: "sms", Reason: Reasons.FrequencyCap }), held.Sum(one => one.Count));
    }

    [Fact]
    public async Task A_batch_that_failed_is_not_counted()
    {
        Store.Commit(Batch() with { Events = [Recorded(1, 1, MessageId(1))], Facts = [Suppressed(2, 1, "welcome", "sms", Reasons.QuietHours, 0)], Contacts = [New(1)] });
        Assert.ThrowsAny<Exception>(() => Store.Commit(Batch() with
        {
            Events = [Recorded(3, 1, MessageId(1))], Facts = [Suppressed(4, 1, "birthday", "wecom", Reasons.FrequencyCap, 0)],
        }));

        Store.Reopen();
        Store.Commit(Batch() with { Facts = [Suppressed(3, 1, "birthday", "wecom", Reasons.FrequencyCap, 0)] });

        var counted = await Store.Ledger.TalliesAsync(new TallyQuery(At(0), At(10)), default);
        Assert.Equal([1L, 1L], counted.Select(one => one.Count));
        Assert.Equal([3], Store.Facts(new FactQuery(Reason: Reasons.FrequencyCap)).Select(row => row.Sequence));
    }

    [Fact]
    public void Every_filter_finds_what_it_names_and_nothing_else()
    {
        var facts = Fill(4, 12);
        Check(new FactQuery(Kind: "message_suppressed"), key => key.Kind == "message_suppressed");
        Check(new FactQuery(Reason: Reasons.NoQuota), key => key.Reason == Reasons.NoQuota);
        Check(new FactQuery(Journey: "birthday", Step: "offer"), key => key is { Journey: "birthday", Step: "offer" });
        Check(new FactQuery { Channel = "wecom" }, key => key.Channel == "wecom");
        Check(new FactQuery { Account = "sandbox" }, key => key.Account == "sandbox");
        Check(new FactQuery { Channel = "sms", Account = "nobody" }, _ => false);
        Check(new FactQuery(Reason: Nos[3]), key => key.Reason == TallyKey.OtherReason);
        Assert.Empty(Store.Facts(new FactQuery(Reason: "someone said something else")));
        var contact = facts[0].Contact;
        Assert.Equal(
            facts.Where(one => one.Contact == contact && TallyKey.ChannelOf(one.Fact) == "sms").Select(one => one.Sequence).Reverse(),
            Store.Facts(new FactQuery(Contact: contact, Limit: 1000) { Channel = "sms" }).Select(row => row.Sequence));
        var queued = facts.First(one => one.Fact is StepFact.MessageQueued);
        Assert.Equal(
            queued.Sequence,
            Assert.Single(Store.Facts(new FactQuery(Contact: queued.Contact) { Message = ((StepFact.MessageQueued)queued.Fact).Message })).Sequence);
        Assert.Equal(
            facts.Where(one => one.Contact == contact && one.Fact is StepFact.MessageSuppressed).Select(one => one.Sequence).Reverse(),
            Store.Facts(new FactQuery(Contact: contact, Limit: 1000) { Text = "\"the third\"" }).Select(row => row.Sequence));

        void Check(FactQuery query, Func<TallyKey, bool> matches)
        {
            var expected = facts.Where(one => matches(TallyKey.Of(one.Fact))).Select(one => one.Sequence).ToList();
            Assert.Equal(expected, Found(query with { NewestFirst = false, Limit = 1000 }));
            expected.Reverse();
            Assert.Equal(expected, Found(query with { Limit = 1000 }));
            var pages = new List<long>();
            while (Found(query with { Limit = 7, Before = pages.Count == 0 ? null : pages[^1] }) is { Count: > 0 } page)
            {
                pages.AddRange(page);
            }
            Assert.Equal(expected, pages);
        }
    }

    public void Dispose()
    {
        if (_store.IsValueCreated)
        {
            _store.Value.Dispose();
        }
        GC.SuppressFinalize(this);
    }

    /// <summary>Commits of random facts, one an hour, some of an hour before.</summary>
    private protected List<RecordedFact> Fill(int seed, int hours)
    {
#pragma warning disable CA5394 // A seed that repeats is wanted.
        var random = new Random(seed);
        var facts = new List<RecordedFact>();
        for (var hour = 0; hour < hours; hour++)
        {
            var batch = Enumerable.Range(0, 1 + random.Next(9)).Select(i => Any(random, facts.Count + i + 1, (3600 * hour) + i)).ToList();
            facts.AddRange(batch);
            Store.Commit(Batch((3600 * hour) + 10) with { Facts = batch, Contacts = hour == 0 ? [New(1), New(2), New(3)] : [] });
        }
        return facts;
    }

    private static RecordedFact Any(Random random, long sequence, int second)
    {
        var contact = 1 + random.Next(3);
        var (journey, channel, no) = (Journeys[random.Next(2)], Channels[random.Next(3)], Nos[random.Next(4)]);
        return random.Next(3) switch
        {
            0 => NotEnrolled(sequence, contact, journey, second),
            1 => new RecordedFact(sequence, contact, At(second), "timer", new StepFact.MessageQueued(
                journey, 1, 1, "offer", 1, Message((int)sequence), 0, channel, "sandbox", "hello", 1, false, null, null)),
            _ => Suppressed(sequence, contact, journey, channel, no, second),
        };
    }
#pragma warning restore CA5394

    private static RecordedFact Suppressed(long sequence, long contact, string journey, string channel, string reason, int second) =>
        new(sequence, contact, At(second), "timer", new StepFact.MessageSuppressed(journey, 1, 1, "offer", 1, 0, channel, "hello", "the third") { Reason = reason });

    private static Dictionary<TallyKey, long> Recount(List<RecordedFact> facts, int from, int to) => facts
        .Where(one => one.At >= At(3600 * from) && one.At < At(3600 * to))
        .GroupBy(one => TallyKey.Of(one.Fact)).ToDictionary(group => group.Key, group => (long)group.Count());

    private List<long> Found(FactQuery query) => [.. Store.Facts(query).Select(row => row.Sequence)];
}
