using Automation.Runtime.Partitions;
using Automation.Runtime.Ports;

namespace Automation.Runtime.Tests.Partitions;

public sealed class DoubtfulClaimsTests : IDisposable
{
    private readonly Rows _rows = new();
    private readonly MovedTime _time = new();
    private readonly DoubtfulClaims _claims;

    public DoubtfulClaimsTests() => _claims = new DoubtfulClaims(_rows, _time);

    [Fact]
    public async Task A_claim_that_was_written_and_whose_answer_was_lost_is_given_back_and_made_again()
    {
        var intent = _rows.Queue();
        _rows.LosesAnswer = true;
        await Assert.ThrowsAsync<IOException>(async () => await ClaimAsync(intent));
        Assert.Equal("a", _rows.Owner(intent));

        Assert.Equal([intent.Message], await ClaimAsync(intent));

        Assert.Equal("a", _rows.Owner(intent));
    }

    [Fact]
    public async Task What_is_in_doubt_is_given_back_also_when_nobody_claims_it_again()
    {
        var intent = _rows.Queue();
        _rows.LosesAnswer = true;
        await Assert.ThrowsAsync<IOException>(async () => await ClaimAsync(intent));

        await _claims.TakeAbandonedAsync("a", 10, CancellationToken.None);

        Assert.Null(_rows.Owner(intent));
    }

    [Fact]
    public async Task What_was_claimed_after_a_doubt_is_not_given_back_while_it_is_sent()
    {
        var intent = _rows.Queue();
        _rows.LosesAnswer = true;
        await Assert.ThrowsAsync<IOException>(async () => await ClaimAsync(intent));
        await ClaimAsync(intent);

        await _claims.TakeAbandonedAsync("a", 10, CancellationToken.None);

        Assert.Equal("a", _rows.Owner(intent));
    }

    [Fact]
    public async Task A_claim_that_a_server_writes_late_is_given_back_as_well_until_none_can_come_any_more()
    {
        var intent = _rows.Queue();
        _rows.LosesQuestion = true;
        await Assert.ThrowsAsync<IOException>(async () => await ClaimAsync(intent));
        await _claims.TakeAbandonedAsync("a", 10, CancellationToken.None);
        await _rows.ClaimAsync("a", [intent], CancellationToken.None);

        await _claims.TakeAbandonedAsync("a", 10, CancellationToken.None);
        Assert.Null(_rows.Owner(intent));

        _time.Now += TimeSpan.FromMinutes(3).Ticks;
        await _claims.TakeAbandonedAsync("a", 10, CancellationToken.None);
        var givenBack = _rows.GivenBack;
        await _claims.TakeAbandonedAsync("a", 10, CancellationToken.None);
        Assert.Equal(givenBack, _rows.GivenBack);
    }

    [Fact]
    public async Task What_another_dispatcher_has_by_now_stays_there()
    {
        var intent = _rows.Queue();
        _rows.LosesQuestion = true;
        await Assert.ThrowsAsync<IOException>(async () => await ClaimAsync(intent));
        await _rows.ClaimAsync("b", [intent], CancellationToken.None);

        Assert.Empty(await ClaimAsync(intent));

        Assert.Equal("b", _rows.Owner(intent));
    }

    public void Dispose() => _claims.Dispose();

    private ValueTask<IReadOnlySet<Guid>> ClaimAsync(SendIntent intent) => _claims.ClaimAsync("a", [intent], CancellationToken.None);

    private sealed class MovedTime : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now;
    }

    /// <summary>Messages with who claimed them.</summary>
    private sealed class Rows : IIntentClaims
    {
        private readonly Dictionary<Guid, string?> _owners = [];

        public bool LosesAnswer { get; set; }

        public bool LosesQuestion { get; set; }

        public int GivenBack { get; private set; }

        public SendIntent Queue()
        {
            var intent = new SendIntent(new Guid(_owners.Count + 1, 0, 0, new byte[8]), 1);
            _owners[intent.Message] = null;
            return intent;
        }

        public string? Owner(SendIntent intent) => _owners[intent.Message];

        public ValueTask<IReadOnlySet<Guid>> ClaimAsync(string node, IReadOnlyList<SendIntent> intents, CancellationToken cancellation)
        {
            if (LosesQuestion)
            {
                LosesQuestion = false;
                throw new IOException();
            }
            var claimed = intents.Select(intent => intent.Message).Where(message => _owners[message] is null).ToHashSet();
            foreach (var message in claimed)
            {
                _owners[message] = node;
            }
            if (LosesAnswer)
            {
                LosesAnswer = false;
                throw new IOException();
            }
            return ValueTask.FromResult<IReadOnlySet<Guid>>(claimed);
        }

        public ValueTask GiveBackAsync(string node, IReadOnlyList<SendIntent> intents, CancellationToken cancellation)
        {
            GivenBack++;
            foreach (var intent in intents.Where(intent => _owners[intent.Message] == node))
            {
                _owners[intent.Message] = null;
            }
            return ValueTask.CompletedTask;
        }

        public ValueTask<IReadOnlyList<QueuedMessage>> TakeAbandonedAsync(string node, int limit, CancellationToken cancellation) =>
            ValueTask.FromResult<IReadOnlyList<QueuedMessage>>([]);
    }
}
