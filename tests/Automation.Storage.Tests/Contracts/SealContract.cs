using Xunit;
using static Automation.Storage.Tests.Contracts.Sample;

namespace Automation.Storage.Tests.Contracts;

/// <summary>No past decision changes unseen: whatever is done to a sealed row, verification names the row.</summary>
public abstract class SealContract : IDisposable
{
    private readonly Lazy<StoreUnderTest> _store;

    protected SealContract() => _store = new Lazy<StoreUnderTest>(Filled);

    private StoreUnderTest Store => _store.Value;

    protected abstract StoreUnderTest Open();

    [Fact]
    public void What_nobody_touched_is_intact()
    {
        var result = Store.Verify();

        Assert.Equal((true, 24L, 12L, 12L), (result.Intact, result.Facts, result.Events, result.Seals));
    }

    [Theory]
    [InlineData("contact = contact + 1")]
    [InlineData("type = type + 1")]
    [InlineData("name = name + 1")]
    [InlineData("occurred_at = occurred_at - 1")]
    [InlineData("received_at = received_at + 1")]
    [InlineData("message_id = (SELECT hash FROM seal ORDER BY first_sequence LIMIT 1)")]
    [InlineData("details = replace(details, '80.5', '80.6')")]
    [InlineData("details = ''")]
    public void A_changed_event_is_named(string change) => Breaks($"UPDATE event SET {change} WHERE sequence = 16", 16);

    [Theory]
    [InlineData("contact = contact + 1")]
    [InlineData("at = at + 1")]
    [InlineData("cause = 'timer2'")]
    [InlineData("kind = kind + 1")]
    [InlineData("journey = NULL")]
    [InlineData("journey = 'another'")]
    [InlineData("version = version + 1")]
    [InlineData("version = NULL")]
    [InlineData("ordinal = 0")]
    [InlineData("step = kind")]
    [InlineData("reason = NULL")]
    [InlineData("actor = reason")]
    [InlineData("details = replace(details, '北', '南')")]
    public void A_changed_fact_is_named(string change) => Breaks($"UPDATE fact SET {change} WHERE sequence = 17", 17);

    [Theory]
    [InlineData("DELETE FROM event WHERE sequence = 16", 16)]
    [InlineData("DELETE FROM fact WHERE sequence = 18", 18)]
    [InlineData("DELETE FROM fact WHERE sequence = 36", 36)]
    [InlineData("DELETE FROM fact WHERE sequence = 17; UPDATE fact SET sequence = 17 WHERE sequence = 18", 17)]
    [InlineData("UPDATE fact SET sequence = 999 WHERE sequence = 17; UPDATE fact SET sequence = 17 WHERE sequence = 18; UPDATE fact SET sequence = 18 WHERE sequence = 999", 17)]
    [InlineData("INSERT INTO fact (sequence, at, contact, cause, kind, journey, version, ordinal, step, reason, actor, details) SELECT 99, at, contact, cause, kind, journey, version, ordinal, step, reason, actor, details FROM fact WHERE sequence = 17", 99)]
    [InlineData("INSERT INTO fact (sequence, at, contact, cause, kind, journey, version, ordinal, step, reason, actor, details) SELECT 16, at, contact, cause, kind, journey, version, ordinal, step, reason, actor, details FROM fact WHERE sequence = 17", 16)]
    public void Rows_taken_added_or_exchanged_are_named(string sql, long row) => Breaks(sql, row);

    [Theory]
    [InlineData("DELETE FROM seal WHERE first_sequence = 16", 16)]
    [InlineData("DELETE FROM seal WHERE first_sequence = 34", 34)]
    [InlineData("DELETE FROM seal WHERE first_sequence = 1; DELETE FROM event WHERE sequence < 4; DELETE FROM fact WHERE sequence < 4", 4)]
    [InlineData("DELETE FROM seal WHERE first_sequence = 16; DELETE FROM event WHERE sequence BETWEEN 16 AND 18; DELETE FROM fact WHERE sequence BETWEEN 16 AND 18", 19)]
    [InlineData("UPDATE seal SET hash = (SELECT hash FROM seal WHERE first_sequence = 13) WHERE first_sequence = 16", 16)]
    [InlineData("UPDATE seal SET checks = (SELECT checks FROM seal WHERE first_sequence = 13) WHERE first_sequence = 16", 16)]
    [InlineData("UPDATE seal SET last_sequence = 19 WHERE first_sequence = 16", 19)]
    public void A_seal_taken_or_changed_is_noticed(string sql, long row) => Breaks(sql, row);

    [Fact]
    public void The_first_of_several_is_named() =>
        Breaks("UPDATE fact SET at = 1 WHERE sequence = 27; UPDATE fact SET at = 1 WHERE sequence = 8", 8);

    [Fact]
    public void A_broken_partition_leaves_the_others_intact()
    {
        Store.Commit(Batch(partition: 1) with { Facts = [NotEnrolled(1, 1)] });

        Store.Tamper("UPDATE fact SET at = 1 WHERE sequence = 8");

        Assert.False(Store.Verify().Intact);
        Assert.True(Store.Verify(1).Intact);
    }

    [Fact]
    public void More_seals_than_one_chunk_are_one_chain()
    {
        for (var i = 37; i <= 700; i++)
        {
            Store.Commit(Batch() with { Facts = [NotEnrolled(i, 1)] });
        }
        Assert.True(Store.Verify().Intact);

        Breaks("DELETE FROM fact WHERE sequence = 650", 650);
    }

    public void Dispose()
    {
        if (_store.IsValueCreated)
        {
            _store.Value.Dispose();
        }
        GC.SuppressFinalize(this);
    }

    private void Breaks(string sql, long row)
    {
        Assert.True(Store.Verify().Intact);

        Store.Tamper(sql);

        var result = Store.Verify();
        Assert.False(result.Intact);
        Assert.Equal(row, result.BrokenSequence);
        Assert.StartsWith("Expected ", result.Problem, StringComparison.Ordinal);
    }

    /// <summary>Twelve seals of three records each: an event and two facts.</summary>
    private StoreUnderTest Filled()
    {
        var store = Open();
        for (var i = 0; i < 12; i++)
        {
            var first = (3 * i) + 1;
            store.Commit(Batch(i) with
            {
                Events = [Recorded(first, 1, MessageId(i), "order_paid", i)],
                Facts = [NotEnrolled(first + 1, 1, "welcome", i, "event:" + MessageId(i)), Completed(first + 2, 1, 4, "birthday", i)],
                Contacts = i == 0 ? [New(1)] : [],
            });
        }
        return store;
    }
}
