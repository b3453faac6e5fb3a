using System.Collections.Immutable;
using Automation.Core.Contacts;
using Automation.Core.Tests.Rules;
using NodaTime;
using Xunit;

namespace Automation.Core.Tests.Contacts;

public sealed class HistoriesTests
{
    private static readonly string[] Names = ["zeta", "alpha", "加入群聊", "Alpha", "order.paid", "mid"];

    [Fact]
    public void Histories_are_found_by_name_and_kept_in_order()
    {
        var histories = Of(Names);

        Assert.Equal(Names.Order(StringComparer.Ordinal), histories.Select(history => history.Name));
        Assert.All(Names, name => Assert.Equal(name, Histories.Find(histories, name)?.Name));
        Assert.Null(Histories.Find(histories, "beta"));
        Assert.Null(Histories.Find([], "beta"));
    }

    [Fact]
    public void A_known_name_grows_and_leaves_the_others_alone()
    {
        var before = Of(Names);

        var after = Histories.Add(before, Given.Event("mid", Given.Now));

        Assert.Equal(2, Histories.Find(after, "mid")?.Count);
        Assert.Equal(1, Histories.Find(before, "mid")?.Count);
        Assert.Equal(Histories.Find(before, "zeta"), Histories.Find(after, "zeta"));
    }

    [Fact]
    public void A_merge_keeps_every_name_once()
    {
        var merged = Histories.Merge(Of("b", "d"), Of("a", "b", "c", "e"));

        Assert.Equal([("a", 1L), ("b", 2), ("c", 1), ("d", 1), ("e", 1)], merged.Select(history => (history.Name, history.Count)));
    }

    [Fact]
    public void Beyond_the_bound_the_name_silent_longest_is_forgotten()
    {
        var histories = ImmutableArray<EventHistory>.Empty;
        for (var i = 0; i <= Histories.NamesMax; i++)
        {
            // The name of number 3 is the oldest.
            histories = Histories.Add(histories, Given.Event($"event-{i}", Given.Now + Duration.FromSeconds(i == 3 ? -9 : i)));
        }

        Assert.Equal(Histories.NamesMax, histories.Length);
        Assert.Null(Histories.Find(histories, "event-3"));
        Assert.NotNull(Histories.Find(histories, "event-0"));
    }

    private static ImmutableArray<EventHistory> Of(params string[] names) =>
        names.Aggregate(ImmutableArray<EventHistory>.Empty, (all, name) => Histories.Add(all, Given.Event(name, Given.Now)));
}
