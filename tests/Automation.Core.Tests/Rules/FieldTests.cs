using Automation.Core.Contacts;
using Automation.Core.Primitives;
using NodaTime;
using Xunit;

namespace Automation.Core.Tests.Rules;

public sealed class FieldTests
{
    private static readonly Enrollment Passage = new(1, "welcome", 1, null, Given.Now)
    {
        Event = PropertyBag.Of(("amount", 80L)),
        EventName = "order_paid",
        Results =
        [
            new StepResult("ask", PropertyBag.Of(("coupon", PropertyBag.Of(("code", "OLD"))))),
            new StepResult("ask", PropertyBag.Of(("coupon", PropertyBag.Of(("code", "NEW"))))),
        ],
    };

    [Theory]
    [InlineData("contact.id", 7)]
    [InlineData("quota.none", 0)]
    [InlineData("quota.coupon", 3)]
    [InlineData("history.order_paid.count", 2)]
    [InlineData("history.order_paid.sum:amount", "30.3")]
    [InlineData("history.order_paid.sum:points", 0)]
    [InlineData("history.never.count", 0)]
    [InlineData("history.never.sum:amount", 0)]
    [InlineData("event.amount", 80)]
    [InlineData("event.name", "order_paid")]
    [InlineData("steps.ask.coupon.code", "NEW")]
    [InlineData("consent.sms", true)]
    [InlineData("consent.wecom", false)]
    public void A_field_has_the_value_of_its_place(string field, object value)
    {
        var contact = Given.Did(
            Given.Event("order_paid", Given.Now - Given.Days(2), ("amount", 10.1m)),
            Given.Event("order_paid", Given.Now - Given.Days(1), ("amount", 20.2m))) with
        {
            Quotas = [new Quota("coupon", 3, 1)],
            Consents = [new("sms", true, Given.Now, "api"), new("wecom", false, Given.Now, "reply:TD")],
        };

        var matches = Given.Rule(field, "=", value).Matches(Given.Context(contact) with { Enrollment = Passage });

        Assert.True(matches);
    }

    [Theory]
    [InlineData("consent.sms")]
    [InlineData("contact.last_activity")]
    [InlineData("history.never.first")]
    [InlineData("history.never.last")]
    [InlineData("event.amount")]
    [InlineData("event.name")]
    [InlineData("steps.ask.code")]
    public void What_nobody_told_is_missing(string field) =>
        Assert.True(Given.Rule(field, "null").Matches(Given.Context()));

    [Theory]
    [InlineData("history.never.count")]
    [InlineData("history.never.sum:amount")]
    [InlineData("quota.none")]
    public void Nothing_happened_is_a_value(string field) =>
        Assert.False(Given.Rule(field, "null").Matches(Given.Context()));

    [Fact]
    public void The_event_at_hand_comes_before_the_one_that_enrolled()
    {
        var context = Given.Context() with
        {
            Event = PropertyBag.Of(("amount", 5L)),
            EventName = "refunded",
            Enrollment = Passage,
        };

        Assert.True(Given.Rule("event.amount", "=", 5L).Matches(context));
        Assert.True(Given.Rule("event.name", "=", "refunded").Matches(context));
    }

    [Fact]
    public void Moments_compare_with_dates_and_with_distances_from_now()
    {
        var contact = Given.Somebody with { LastActivity = Given.Now - Given.Days(30) };

        Assert.True(Given.Rule("contact.last_activity", "<=", "30d ago").Matches(Given.Context(contact)));
        Assert.False(Given.Rule("contact.last_activity", "<", "30d ago").Matches(Given.Context(contact)));
        Assert.True(Given.Rule("contact.first_seen", "<", "2026-01-01").Matches(Given.Context(contact)));
        Assert.True(Given.Rule("contact.first_seen", "between", "2025-11-01,-3w").Matches(Given.Context(contact)));
    }

    [Theory]
    [InlineData("contains", "vip", true)]
    [InlineData("contains", "vi", false)]
    [InlineData("=", "vip", true)]
    [InlineData("!=", "vip", false)]
    [InlineData("!=", "lost", true)]
    [InlineData("in", "lost,vip", true)]
    [InlineData("in", "lost,gone", false)]
    [InlineData("notIn", "lost,gone", true)]
    [InlineData("notIn", "lost,vip", false)]
    [InlineData("doesNotContain", "lost", true)]
    [InlineData("doesNotContain", "vip", false)]
    [InlineData("null", null, false)]
    [InlineData("notNull", null, true)]
    public void Tags_and_lists_are_sets(string with, string? value, bool matches)
    {
        var contact = Given.Somebody with { Tags = ["new", "vip"], Lists = ["new", "vip"] };

        Assert.Equal(matches, Given.Rule("tags", with, value).Matches(Given.Context(contact)));
        Assert.Equal(matches, Given.Rule("lists", with, value).Matches(Given.Context(contact)));
    }

    [Theory]
    [InlineData("contains", "vip", false)]
    [InlineData("doesNotContain", "vip", true)]
    [InlineData("notIn", "vip", true)]
    [InlineData("null", null, true)]
    [InlineData("notNull", null, false)]
    public void An_empty_set_is_a_set(string with, string? value, bool matches) =>
        Assert.Equal(matches, Given.Rule("tags", with, value).Matches(Given.Context()));

    [Fact]
    public void A_window_takes_what_is_later_than_its_edge_and_not_later_than_now()
    {
        var day = Duration.FromDays(1);
        var contact = Given.Did(
            Given.Event("paid", Given.Now - day, ("amount", 1m)),
            Given.Event("paid", Given.Now - day + Duration.FromTicks(1), ("amount", 2m)),
            Given.Event("paid", Given.Now, ("amount", 4m)),
            Given.Event("paid", Given.Now + Duration.FromTicks(1), ("amount", 8m)));
        var context = Given.Context(contact);

        Assert.True(Given.Rule("history.paid.count", "=", 2L, day).Matches(context));
        Assert.True(Given.Rule("history.paid.sum:amount", "=", 6L, day).Matches(context));
        Assert.True(Given.Rule("history.paid.first", ">", "1d ago", day).Matches(context));
        Assert.True(Given.Rule("history.paid.last", "=", "0d ago", day).Matches(context));
        Assert.True(Given.Rule("history.paid.last", "null", null, day).Matches(Given.Context(contact, Given.Now + (day * 2))));
    }
}
