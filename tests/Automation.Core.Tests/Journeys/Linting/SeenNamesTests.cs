using System.Text;
using Automation.Core.Contacts;
using Automation.Core.Journeys.Documents;
using Automation.Core.Journeys.Linting;
using Automation.Core.Primitives;
using Automation.Core.Workspaces;
using NodaTime;
using Xunit;

namespace Automation.Core.Tests.Journeys.Linting;

public sealed class SeenNamesTests
{
    private static readonly Instant At = Instant.FromUtc(2026, 3, 1, 2, 0);

    [Theory]
    [InlineData("contact.name", false)]
    [InlineData("contact.nmae", true)]
    [InlineData("contact.address.city", false)]
    [InlineData("contact.adress.city", true)]
    [InlineData("contact.phone", false)]
    [InlineData("contact.tags", false)]
    [InlineData("contact.score", false)]
    [InlineData("contact.amount", true)]
    [InlineData("event.amount", false)]
    [InlineData("event.amuont", true)]
    [InlineData("event.name", false)]
    [InlineData("event.item.sku", false)]
    [InlineData("steps.ask.answer", false)]
    [InlineData("journey.key", false)]
    public void A_name_is_missed_when_no_event_carries_it(string variable, bool missed) => Assert.Equal(missed, Seen().Misses(variable));

    [Fact]
    public void A_rule_and_a_placeholder_with_a_name_nobody_carries_are_told()
    {
        var journey = JourneyDocument.Read(Encoding.UTF8.GetBytes("""
            {"key":"j","name":"J","trigger":{"on":"event","event":"order_paid",
               "where":{"combinator":"and","rules":[{"field":"event.amuont","operator":">=","value":100}]}},
             "steps":[{"id":"hi","type":"send","channel":"sms","template":"hi"}]}
            """)).Value!;
        var template = new MessageTemplate("hi", "sms", PropertyBag.Of(("text", "{{ contact.nmae }}, thank you for {{ event.amount }}")));
        var workspace = new Workspace(WorkspaceSettings.Default, [journey], [template], []);

        var findings = Lint.Check(workspace, new LintContext { Seen = Seen() }).Where(one => one.Code == "unseen_name").ToList();

        Assert.Equal(["/content/text", "/trigger/where/rules/0/field"], findings.Select(one => one.Pointer));
        Assert.Contains("contact.nmae", findings[0].Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Lint.Check(workspace, LintContext.DocumentsOnly), one => one.Code == "unseen_name");
    }

    private static SeenNames Seen()
    {
        var seen = new SeenNames();
        seen.Add(Event(EventType.Identify, "identify", ("name", "Lin"), ("address", PropertyBag.Of(("city", "Shanghai")))));
        seen.Add(Event(EventType.Track, "order_paid", ("amount", 80L), ("item.sku", "tea")));
        seen.Add(["score"]);
        return seen;
    }

    private static ContactEvent Event(EventType type, string name, params (string, object?)[] properties) =>
        new(name, type, name, At, At, PropertyBag.Of(properties), [new Identity(Identity.Phone, "+8613800138000")]);
}
