using Automation.Core.Contacts;
using Automation.Core.Tests.Rules;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Xunit;

namespace Automation.Core.Tests.Contacts;

/// <summary>Random histories against the plain list of what happened. Times are hours, so that many are equal and edges meet.</summary>
public sealed class HistoryWindowTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 1, 6, 0);
    private static readonly Duration Hour = Duration.FromHours(1);
    private static readonly Config Fixed = Config.QuickThrowOnFailure.WithMaxTest(100).WithReplay(20260301, 7);

    private static readonly Gen<int[]> Short = Gen.Choose(0, 60).ArrayOf().Where(hours => hours.Length is > 0 and <= EventHistory.RecentMax);

    private static readonly Gen<int[]> Long =
        Gen.Choose(1, 200).SelectMany(length => Gen.ArrayOf(Gen.Choose(0, 24 * 12), length));

    [Fact]
    public void Short_histories_answer_every_window_exactly() => Holds(Short, hours =>
    {
        var history = Of(hours);
        return Grid(hours).All(at => at.History(history) == at.Naive(hours, hour => true));
    });

    [Fact]
    public void Long_histories_count_the_newest_exactly_and_the_rest_by_whole_days() => Holds(Long, hours =>
    {
        var history = Of(hours);
        var newestFirst = hours.OrderDescending().ToArray();
        var exact = newestFirst[..Math.Min(EventHistory.RecentMax, hours.Length)];
        var older = newestFirst[exact.Length..];
        return Grid(hours).Where(at => at.Now >= hours.Max()).All(at =>
            at.History(history) == at.Naive(exact, hour => true) + at.Naive(older, hour => at.WholeDay(hour))
            && at.History(history) <= at.Naive(hours, hour => true));
    });

    [Fact]
    public void Sums_follow_counts() => Holds(Long, hours =>
    {
        var history = Of(hours);
        return Grid(hours).All(at => history.SumWithin("one", at.Moment, at.Length) == at.History(history));
    });

    [Fact]
    public void First_and_last_of_a_window_are_in_it() => Holds(Short, hours =>
    {
        var history = Of(hours);
        return Grid(hours).All(at =>
        {
            var inside = hours.Where(hour => at.Holds(hour)).Order().Select(hour => (Instant?)(Start + (Hour * hour))).ToArray();
            return history.FirstWithin(at.Moment, at.Length) == inside.FirstOrDefault()
                && history.LastWithin(at.Moment, at.Length) == inside.LastOrDefault();
        });
    });

    [Fact]
    public void Until_its_next_change_a_window_keeps_its_answer_and_changes_then() => Holds(Long, hours =>
    {
        var history = Of(hours);
        return Grid(hours).All(at =>
        {
            var before = at.History(history);
            if (history.NextChange(at.Moment, at.Length) is not { } change)
            {
                return history.CountWithin(Start + Given.Days(1000), at.Length) == before;
            }
            var last = change - Duration.Epsilon;
            var between = at.Moment + ((last - at.Moment) / 2);
            return change > at.Moment
                && history.CountWithin(last, at.Length) == before
                && history.CountWithin(between, at.Length) == before
                // While events are still to come, one may enter just as another leaves.
                && (at.Now < hours.Max() || history.CountWithin(change, at.Length) != before);
        });
    });

    [Fact]
    public void The_order_of_arrival_does_not_matter() => Holds(Long, hours =>
    {
        var sorted = Of([.. hours.Order()]);
        return Of(hours) == sorted && Of([.. hours.OrderDescending()]) == sorted;
    });

    [Fact]
    public void Two_histories_merged_are_the_history_of_all() => Holds(Long, hours =>
    {
        var all = Of(hours);
        return Enumerable.Range(1, hours.Length - 1).Where(cut => cut % 17 == 1).All(cut =>
            EventHistory.Merge(Of(hours[..cut]), Of(hours[cut..])) == all);
    });

    private static void Holds(Gen<int[]> hours, Func<int[], bool> law) => Check.One(Fixed, Prop.ForAll(hours.ToArbitrary(), law));

    private static EventHistory Of(int[] hours)
    {
        var events = hours.Select(hour => Given.Event("did", Start + (Hour * hour), ("one", 1L)));
        return events.Skip(1).Aggregate(EventHistory.Of(events.First()), (history, more) => history.Add(more));
    }

    private static IEnumerable<View> Grid(int[] hours)
    {
        int[] lengths = [1, 5, 24, 30, 100, 24 * 13];
        return new[] { 0, 7, hours[0], hours.Max(), hours.Max() + 1, hours.Max() + 24 }
            .SelectMany(now => lengths.Select(length => new View(now, length)));
    }

    /// <summary>A window seen from a moment, in hours.</summary>
    private readonly record struct View(int Now, int Hours)
    {
        public Instant Moment => Start + (Hour * Now);

        public Duration Length => Hour * Hours;

        public bool Holds(int hour) => hour > Now - Hours && hour <= Now;

        // Start is six in the morning, so a UTC day begins at hour -6, 18, 42, …
        public bool WholeDay(int hour) => Holds((((hour + 6) / 24) * 24) - 6);

        public long History(EventHistory history) => history.CountWithin(Moment, Length);

        public long Naive(int[] hours, Func<int, bool> counts)
        {
            var view = this;
            return hours.Count(hour => view.Holds(hour) && counts(hour));
        }
    }
}
