using Automation.Core.Primitives;
using Automation.Core.Rules;
using Xunit;

namespace Automation.Core.Tests.Rules;

public sealed class FieldPathTests
{
    [Theory]
    [InlineData("contact.city", typeof(FieldPath.ContactAttribute))]
    [InlineData("contact.address.city", typeof(FieldPath.ContactAttribute))]
    [InlineData("contact.id", typeof(FieldPath.ContactId))]
    [InlineData("contact.first_seen", typeof(FieldPath.FirstSeen))]
    [InlineData("contact.last_activity", typeof(FieldPath.LastActivity))]
    [InlineData("event.amount", typeof(FieldPath.EventProperty))]
    [InlineData("event.items.first.sku", typeof(FieldPath.EventProperty))]
    [InlineData("event.name", typeof(FieldPath.EventName))]
    [InlineData("steps.ask.coupon.code", typeof(FieldPath.StepValue))]
    [InlineData("history.order_paid.count", typeof(FieldPath.History))]
    [InlineData("history.order_paid.sum:amount", typeof(FieldPath.History))]
    [InlineData("tags", typeof(FieldPath.Tags))]
    [InlineData("segments", typeof(FieldPath.Segments))]
    [InlineData("lists", typeof(FieldPath.Lists))]
    [InlineData("consent.sms", typeof(FieldPath.Consent))]
    [InlineData("quota.coupon.spring", typeof(FieldPath.Quota))]
    public void A_field_is_read_and_written_alike(string text, Type kind)
    {
        Assert.True(FieldPath.TryParse(text, out var path));

        Assert.IsType(kind, path);
        Assert.Equal(text, path.Text);
        Assert.Equal(text, path.ToString());
        Assert.True(FieldPath.TryParse(text, out var again));
        Assert.Equal(path, again);
    }

    [Theory]
    [InlineData("history.order.paid.count", "order.paid", HistoryMeasure.Count, null)]
    [InlineData("history.支付.成功.last", "支付.成功", HistoryMeasure.Last, null)]
    [InlineData("history.a.first.first", "a.first", HistoryMeasure.First, null)]
    [InlineData("history.order.paid.sum:amount", "order.paid", HistoryMeasure.Sum, "amount")]
    [InlineData("history.order.paid.sum:price.net", "order.paid", HistoryMeasure.Sum, "price.net")]
    [InlineData("history.加入 群聊.sum:金额", "加入 群聊", HistoryMeasure.Sum, "金额")]
    [InlineData("history.a.sum:b.count", "a.sum:b", HistoryMeasure.Count, null)]
    public void An_event_name_may_hold_dots_and_chinese(string text, string name, HistoryMeasure measure, string? property)
    {
        Assert.True(FieldPath.TryParse(text, out var path));

        Assert.Equal(new FieldPath.History(name, measure, property), path);
    }

    [Theory]
    [InlineData("", "found none")]
    [InlineData("city", "starts with contact.")]
    [InlineData("Contact.city", "starts with contact.")]
    [InlineData("contact", "contact.city")]
    [InlineData("contact.", "contact.city")]
    [InlineData("contact..city", "both sides of every dot")]
    [InlineData("event.items.", "both sides of every dot")]
    [InlineData("steps.ask", "steps.ask.coupon_code")]
    [InlineData("steps..x", "steps.ask.coupon_code")]
    [InlineData("history.order_paid", "count, first, last or sum:<property>")]
    [InlineData("history.count", "count, first, last or sum:<property>")]
    [InlineData("history.order_paid.average", "count, first, last or sum:<property>")]
    [InlineData("history.order_paid.sum:", "a property after 'sum:'")]
    [InlineData("history.", "count, first, last or sum:<property>")]
    [InlineData("tags.vip", "'tags' alone")]
    [InlineData("consent", "a channel")]
    [InlineData("consent.", "a channel")]
    [InlineData("quota.", "a name")]
    public void What_is_no_field_is_answered_with_a_sentence(string text, string part)
    {
        Assert.False(FieldPath.TryParse(text, out var path, out var problem));

        Assert.Null(path);
        Assert.StartsWith("Expected ", problem, StringComparison.Ordinal);
        Assert.Contains(part, problem, StringComparison.Ordinal);
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_nested_value_is_found_and_a_flat_key_with_dots_wins()
    {
        var nested = PropertyBag.Of(("address", PropertyBag.Of(("city", "上海"))));

        Assert.Equal("上海", new PropertyPath("address.city").Find(nested));
        Assert.Equal("北京", new PropertyPath("address.city").Find(nested.With("address.city", "北京")));
        Assert.Null(new PropertyPath("address.street").Find(nested));
        Assert.Null(new PropertyPath("address.city.part").Find(nested));
        Assert.Null(new PropertyPath("address.city").Find(null));
    }
}
