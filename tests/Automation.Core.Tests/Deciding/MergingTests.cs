using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using NodaTime;
using Xunit;

namespace Automation.Core.Tests.Deciding;

public sealed class MergingTests
{
    private const string Journey = """
        {"key":"j","name":"J","trigger":{"on":"event","event":"go"},"entry":{"repeat":"always"},"steps":[{"id":"w","type":"wait","for":"2d"}]}
        """;

    [Xunit.Fact]
    public void Histories_add_the_earliest_first_seen_wins_and_an_enrollment_is_kept_once()
    {
        var anonymous = Story.Of(Journey).Knows(("city", "北京"), ("level", "new")).Does("go").Does("page");
        var known = Story.Of(Journey).Wait(Duration.FromDays(1)).Knows(("city", "上海")).Does("go").Does("page");
        var other = anonymous.Contact with { Id = 2 };

        known.Give(new Stimulus.Absorb(other));

        Assert.Equal(2, Histories.Find(known.Contact.Histories, "page")?.Count);
        Assert.Equal(anonymous.Contact.FirstSeen, known.Contact.FirstSeen);
        Assert.Equal(("上海", "new"), (known.Contact.Attributes.Find("city"), known.Contact.Attributes.Find("level")));
        Assert.Equal(Reasons.Merged, known.The<StepFact.Exited>().Reason);
        Assert.Single(known.Contact.Enrollments);
        Assert.Equal(Story.Bytes(known.Rebuilt()), Story.Bytes(known.Contact));
    }

    [Xunit.Fact]
    public void A_contact_that_was_absorbed_answers_everything_with_where_it_went()
    {
        var story = Story.Of(Journey).Does("go").Give(new Stimulus.WasAbsorbed(7));

        story.Does("go").Give(Stimulus.TimerDue.Now);

        Assert.Equal(7, story.Contact.MergedInto);
        Assert.All(story.All<ContactFact.StimulusRejected>(), fact => Assert.Equal(Reasons.ContactMerged, fact.Reason));
        Assert.Null(NextDue.Of(story.Journeys, story.Contact, story.Now));
    }

    [Xunit.Fact]
    public void The_newer_word_on_consent_stands_and_a_no_wins_a_tie()
    {
        var at = Story.Time("2026-03-01T00:00+08:00");
        var survivor = new Contact(1, at) { Consents = [new ChannelConsent("sms", true, at, "identify"), new ChannelConsent("wecom", true, at, "identify")] };
        var other = new Contact(2, at)
        {
            Consents = [new ChannelConsent("sms", false, at, "reply"), new ChannelConsent("wecom", false, at - Duration.FromDays(1), "reply")],
            Attributes = PropertyBag.Of(("city", "上海")),
        };

        var merged = Merging.Absorb(survivor, other);

        Assert.Equal([false, true], merged.Consents.Select(word => word.Granted));
    }
}
