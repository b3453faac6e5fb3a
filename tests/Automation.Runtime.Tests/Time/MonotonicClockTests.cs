using Automation.Runtime.Time;
using NodaTime;

namespace Automation.Runtime.Tests.Time;

public sealed class MonotonicClockTests
{
    [Fact]
    public void Time_never_goes_back_and_a_jump_is_told_once()
    {
        var wall = new VirtualClock(Given.Noon);
        var jumps = new List<Duration>();
        var clock = new MonotonicClock(wall, jumps.Add);
        clock.GetCurrentInstant();

        wall.Advance(-Duration.FromHours(1));
        var held = clock.GetCurrentInstant();
        wall.Advance(Duration.FromMinutes(30));
        clock.GetCurrentInstant();

        Assert.Equal(Given.Noon, held);
        Assert.Equal([Duration.FromHours(1)], jumps);
        Assert.Equal(Duration.FromMinutes(30), clock.Behind);
    }

    [Fact]
    public void Time_goes_on_once_the_wall_has_caught_up()
    {
        var wall = new VirtualClock(Given.Noon);
        var clock = new MonotonicClock(wall);
        clock.GetCurrentInstant();
        wall.Advance(-Duration.FromHours(1));
        clock.GetCurrentInstant();

        wall.Advance(Duration.FromHours(2));

        Assert.Equal(Given.Noon + Duration.FromHours(1), clock.GetCurrentInstant());
        Assert.Equal(Duration.Zero, clock.Behind);
    }
}
