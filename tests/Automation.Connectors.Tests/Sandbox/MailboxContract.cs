using Automation.Connectors.Sandbox.Mailbox;

namespace Automation.Connectors.Tests.Sandbox;

/// <summary>What every mailbox must do, in memory or on disk.</summary>
public abstract class MailboxContract
{
    private protected abstract ISandboxMailbox Make(int mailsMax = 100, int idsMax = 1_000);

    [Fact]
    public void Messages_are_listed_newest_first()
    {
        var mailbox = Make();
        mailbox.Append([SandboxTesting.Mail(1), SandboxTesting.Mail(2)]);
        mailbox.Append([SandboxTesting.Mail(3)]);

        Assert.Equal([3, 2, 1], mailbox.List(new MailboxFilter()).Select(m => m.Sequence));
    }

    [Fact]
    public void A_filter_narrows_by_channel_address_contact_and_account()
    {
        var mailbox = Make();
        mailbox.Append(
        [
            SandboxTesting.Mail(1),
            SandboxTesting.Mail(2, channel: "wecom"),
            SandboxTesting.Mail(3, address: "+8613900000002"),
            SandboxTesting.Mail(4, contact: "c-2"),
            SandboxTesting.Mail(5, account: "b"),
        ]);

        Assert.Equal([2], Sequences(mailbox, new MailboxFilter { Channel = "wecom" }));
        Assert.Equal([3], Sequences(mailbox, new MailboxFilter { Address = "+8613900000002" }));
        Assert.Equal([4], Sequences(mailbox, new MailboxFilter { ContactId = "c-2" }));
        Assert.Equal([5], Sequences(mailbox, new MailboxFilter { Account = "b" }));
        Assert.Equal([4, 3, 1], Sequences(mailbox, new MailboxFilter { Channel = "sms", Account = "a" }));
        Assert.Equal([3, 2], Sequences(mailbox, new MailboxFilter { Before = 4, Limit = 2 }));
    }

    [Fact]
    public void The_oldest_messages_give_way_and_their_ids_stay_known_longer()
    {
        var mailbox = Make(mailsMax: 3, idsMax: 5);
        for (var number = 1; number <= 6; number++)
        {
            mailbox.Append([SandboxTesting.Mail(number)]);
        }

        Assert.Equal([6, 5, 4], Sequences(mailbox, new MailboxFilter()));
        Assert.Equal([0, 1, 1], new[] { 1, 2, 6 }.Select(number => mailbox.Arrivals(Samples.Id(number))));
        Assert.Equal(new MailboxTotals(6, 0), mailbox.Totals());
    }

    [Fact]
    public void A_known_id_is_counted_and_not_put_in_again()
    {
        var mailbox = Make();
        mailbox.Append([SandboxTesting.Mail(1), SandboxTesting.Mail(2), SandboxTesting.Mail(1)]);

        Assert.Equal(2, mailbox.Arrivals(Samples.Id(1)));
        Assert.Equal([1, 2], mailbox.List(new MailboxFilter()).Select(m => m.Arrivals));
        Assert.Equal(new MailboxTotals(2, 1), mailbox.Totals());
    }

    [Fact]
    public void A_cleared_mailbox_is_as_new()
    {
        var mailbox = Make();
        mailbox.Append([SandboxTesting.Mail(1), SandboxTesting.Mail(1)]);

        mailbox.Clear();
        mailbox.Append([SandboxTesting.Mail(1)]);

        Assert.Equal(1, Assert.Single(mailbox.List(new MailboxFilter())).Arrivals);
        Assert.Equal(new MailboxTotals(1, 0), mailbox.Totals());
    }

    private static IEnumerable<long> Sequences(ISandboxMailbox mailbox, MailboxFilter filter) =>
        mailbox.List(filter).Select(m => m.Sequence);
}

public sealed class MemoryMailboxTests : MailboxContract
{
    private protected override ISandboxMailbox Make(int mailsMax = 100, int idsMax = 1_000) => new MemoryMailbox(mailsMax, idsMax);

    [Theory]
    [InlineData(0, 10)]
    [InlineData(10, 9)]
    public void Bounds_out_of_range_are_refused(int mailsMax, int idsMax) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MemoryMailbox(mailsMax, idsMax));
}
