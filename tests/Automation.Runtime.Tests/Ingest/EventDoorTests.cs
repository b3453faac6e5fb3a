using Automation.Runtime.Ingest;
using NodaTime;

namespace Automation.Runtime.Tests.Ingest;

public sealed class EventDoorTests
{
    private static readonly Instant Now = Given.Noon;

    [Fact]
    public void The_senders_clock_is_put_right_by_when_it_says_it_sent()
    {
        var happened = Given.Track("m1", "u1", at: Now - Duration.FromHours(3));

        var admitted = EventDoor.Admit(happened, sentAt: Now - Duration.FromHours(2), Now);

        Assert.Equal(Now - Duration.FromHours(1), admitted.OccurredAt);
        Assert.Equal(Now, admitted.ReceivedAt);
    }

    [Fact]
    public void The_networks_delay_is_no_wrong_clock()
    {
        var happened = Given.Track("m1", "u1", at: Now - Duration.FromHours(3));

        var admitted = EventDoor.Admit(happened, sentAt: Now - Duration.FromSeconds(4), Now);

        Assert.Equal(Now - Duration.FromHours(3), admitted.OccurredAt);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(24 * 60, true)]
    public void An_event_from_the_future_happens_now_and_says_so_when_it_is_far(int minutes, bool noted)
    {
        var happened = Given.Track("m1", "u1", at: Now + Duration.FromMinutes(minutes));

        var admitted = EventDoor.Admit(happened, null, Now);

        Assert.Equal(Now, admitted.OccurredAt);
        Assert.Equal(noted, admitted.Properties.ContainsKey(EventDoor.ClockAhead));
    }

    [Fact]
    public void Times_are_whole_milliseconds_and_ids_have_one_spelling()
    {
        var happened = Given.Track("0F8FAD5B-D9CB-469F-A165-70867728950E", "u1", at: Now - Duration.FromTicks(12_345));

        var admitted = EventDoor.Admit(happened, null, Now + Duration.FromTicks(7));

        Assert.Equal(Now - Duration.FromMilliseconds(2), admitted.OccurredAt);
        Assert.Equal(Now, admitted.ReceivedAt);
        Assert.Equal("0f8fad5b-d9cb-469f-a165-70867728950e", admitted.MessageId);
    }
}
