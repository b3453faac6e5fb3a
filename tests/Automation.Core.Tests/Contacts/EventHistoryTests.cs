using Automation.Core.Contacts;
using Automation.Core.Tests.Rules;
using NodaTime;
using Xunit;

namespace Automation.Core.Tests.Contacts;

public sealed class EventHistoryTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 1, 12, 0);

    [Fact]
    public void A_late_event_takes_its_place_in_time()
    {
        var history = Given.History("paid", Noon, Noon - Given.Days(2), Noon - Given.Days(1));

        Assert.Equal(3, history.Count);
        Assert.Equal((Noon - Given.Days(2), Noon), (history.First, history.Last));
        Assert.Equal([Noon - Given.Days(2), Noon - Given.Days(1), Noon], Times(history));
    }

    [Fact]
    public void Events_of_one_moment_keep_their_order_of_arrival()
    {
        var history = EventHistory.Of(Given.Event("paid", Noon, ("nth", 1L)))
            .Add(Given.Event("paid", Noon + Given.Days(1), ("nth", 9L)))
            .Add(Given.Event("paid", Noon, ("nth", 2L)))
            .Add(Given.Event("paid", Noon, ("nth", 3L)));

        Assert.Equal([1m, 2m, 3m, 9m], history.Recent.Select(occurrence => occurrence.Numbers[0].Sum));
    }

    [Fact]
    public void The_oldest_beyond_the_exact_list_goes_to_its_day()
    {
        var history = Hourly(EventHistory.RecentMax + 30);

        Assert.Equal(EventHistory.RecentMax, history.Recent.Length);
        Assert.Equal(EventHistory.RecentMax + 30, history.Count);
        // From noon on, 12 hours of the first day and then 18 of the second.
        Assert.Equal([(Day(Noon), 12), (Day(Noon) + 1, 18)], history.Buckets.Select(bucket => (bucket.Day, bucket.Count)));
    }

    [Fact]
    public void An_event_older_than_the_exact_list_goes_to_its_day_at_once()
    {
        var full = Hourly(EventHistory.RecentMax);
        var history = full.Add(Given.Event("paid", Noon - Given.Days(3), ("amount", 5m)));

        Assert.Equal(Times(full), Times(history));
        Assert.Equal(Noon - Given.Days(3), history.First);
        var bucket = Assert.Single(history.Buckets);
        Assert.Equal((Day(Noon) - 3, 1, 5m), (bucket.Day, bucket.Count, bucket.Sums[0].Sum));
    }

    [Fact]
    public void Days_before_1970_are_days_too()
    {
        var history = Hourly(EventHistory.RecentMax)
            .Add(Given.Event("paid", NodaConstants.UnixEpoch - Duration.Epsilon))
            .Add(Given.Event("paid", NodaConstants.UnixEpoch));

        Assert.Equal([-1, 0], history.Buckets.Select(bucket => bucket.Day));
    }

    [Fact]
    public void Old_days_fall_off_and_totals_stay()
    {
        var count = EventHistory.RecentMax + EventHistory.BucketsMax + 5;
        var history = Given.History("paid", Enumerable.Range(0, count).Select(day => Noon + Given.Days(day)));

        Assert.Equal(EventHistory.BucketsMax, history.Buckets.Length);
        Assert.Equal(Day(Noon) + 5, history.Buckets[0].Day);
        Assert.Equal(count, history.Count);
        Assert.Equal(Noon, history.First);
    }

    [Fact]
    public void Sums_are_decimal_and_of_numbers_only()
    {
        var history = EventHistory.Of(Given.Event("paid", Noon, ("amount", 0.1m), ("currency", "CNY"), ("vip", true)))
            .Add(Given.Event("paid", Noon, ("amount", 0.2), ("points", 3L)));

        Assert.Equal(0.3m, history.Sum("amount"));
        Assert.Equal(3m, history.Sum("points"));
        Assert.Equal(0m, history.Sum("currency"));
        Assert.Equal(["amount", "points"], history.Sums.Select(sum => sum.Property));
    }

    [Fact]
    public void Sums_stay_within_their_bounds()
    {
        var wide = Given.Event("paid", Noon, [.. Enumerable.Range(0, 20).Select(i => ($"p{i}", (object?)1L))]);
        Assert.Equal(EventHistory.NumbersMax, EventHistory.Of(wide).Sums.Length);

        var history = EventHistory.Of(Given.Event("paid", Noon, ("huge", decimal.MaxValue), ("deep", decimal.MinValue)))
            .Add(Given.Event("paid", Noon, ("huge", decimal.MaxValue), ("deep", -5L)));
        for (var i = 0; i < 100; i++)
        {
            history = history.Add(Given.Event("paid", Noon, ($"q{i}", 1L)));
        }
        Assert.Equal(decimal.MaxValue, history.Sum("huge"));
        Assert.Equal(decimal.MinValue, history.Sum("deep"));
        Assert.Equal(decimal.MaxValue, history.SumWithin("huge", Noon, Given.Days(1)));
        Assert.Equal(EventHistory.SumsMax, history.Sums.Length);
    }

    [Fact]
    public void Behind_the_exact_list_whole_days_count_and_the_cut_one_does_not()
    {
        // 100 hours from noon of day 0: the newest 64 exactly, 36 in buckets: 12 of day 0, 24 of day 1.
        var history = Hourly(100);
        var now = Noon + Duration.FromHours(99);

        Assert.Equal(64, history.CountWithin(now, Duration.FromHours(64)));
        Assert.Equal(64, history.CountWithin(now, Duration.FromHours(80)));
        var sinceDay1 = now - (Noon + Duration.FromHours(12));
        Assert.Equal(64, history.CountWithin(now, sinceDay1));
        Assert.Equal(88, history.CountWithin(now, sinceDay1 + Duration.Epsilon));
        Assert.Equal(88m, history.SumWithin("amount", now, sinceDay1 + Duration.Epsilon));
        Assert.Equal(Noon + Duration.FromHours(12), history.FirstWithin(now, sinceDay1 + Duration.Epsilon));
        Assert.Equal(100, history.CountWithin(now, Given.Days(30)));
    }

    [Fact]
    public void Windows_longer_than_time_itself_take_all()
    {
        var history = Given.History("paid", Noon, Noon + Given.Days(1));
        var forever = Given.Days(10_000_000);

        Assert.Equal(2, history.CountWithin(Noon + Given.Days(2), forever));
        Assert.Null(history.NextChange(Noon + Given.Days(2), forever));
    }

    [Fact]
    public void A_merge_adds_up_two_histories_by_time()
    {
        var left = Given.History("paid", Noon, Noon + Given.Days(2));
        var right = Given.History("paid", Noon - Given.Days(1), Noon + Given.Days(1));

        var merged = EventHistory.Merge(left, right);

        Assert.Equal(4, merged.Count);
        Assert.Equal((Noon - Given.Days(1), Noon + Given.Days(2)), (merged.First, merged.Last));
        Assert.Equal([-1d, 0, 1, 2], Times(merged).Select(at => (at - Noon).TotalDays));
    }

    private static EventHistory Hourly(int count)
    {
        var history = EventHistory.Of(Given.Event("paid", Noon, ("amount", 1m)));
        for (var hour = 1; hour < count; hour++)
        {
            history = history.Add(Given.Event("paid", Noon + Duration.FromHours(hour), ("amount", 1m)));
        }
        return history;
    }

    private static int Day(Instant at) => (at - NodaConstants.UnixEpoch).Days;

    private static IEnumerable<Instant> Times(EventHistory history) => history.Recent.Select(occurrence => occurrence.At);
}
