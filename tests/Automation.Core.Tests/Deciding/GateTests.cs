using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Core.Workspaces;
using NodaTime;
using Xunit;

namespace Automation.Core.Tests.Deciding;

public sealed class GateTests
{
    private const string Sms = """
        {"key":"j","name":"J","trigger":{"on":"event","event":"go"},"entry":{"repeat":"always"},
         "steps":[{"id":"m","type":"send","channel":"sms","template":"hello","quota":null}]}
        """;

    private static readonly string Plain = Sms.Replace(",\"quota\":null", "", StringComparison.Ordinal);

    private static Story With(WorkspaceSettings settings) => Story.Of(settings, Plain).Knows(("phone", "+8613800138000"));

    [Xunit.Fact]
    public void A_contact_without_an_address_gets_no_address()
    {
        var story = Story.Of(Plain).Does("go");

        Assert.Equal(Reasons.NoAddress, story.The<StepFact.MessageSuppressed>().Reason);
        Assert.Empty(story.Messages);
    }

    [Xunit.Theory]
    [InlineData(ConsentMode.Required, null, false)]
    [InlineData(ConsentMode.Required, true, true)]
    [InlineData(ConsentMode.Required, false, false)]
    [InlineData(ConsentMode.Assumed, null, true)]
    [InlineData(ConsentMode.Assumed, true, true)]
    [InlineData(ConsentMode.Assumed, false, false)]
    public void Consent_is_the_contacts_word_before_the_workspaces(ConsentMode mode, bool? word, bool sent)
    {
        var story = With(Story.Settings with { Consent = Story.Settings.Consent.SetItem("sms", mode) });
        if (word is { } granted)
        {
            story.Knows(("consent", PropertyBag.Of(("sms", granted))));
        }

        story.Does("go");

        Assert.Equal(sent ? 1 : 0, story.Messages.Count);
        Assert.Equal(sent ? [] : [Reasons.NoConsent], story.All<StepFact.MessageSuppressed>().Select(fact => fact.Reason));
    }

    [Xunit.Fact]
    public void A_channel_nobody_spoke_of_needs_consent()
    {
        var story = With(Story.Settings with { Consent = Story.Settings.Consent.Remove("sms") }).Does("go");

        Assert.Equal(Reasons.NoConsent, story.The<StepFact.MessageSuppressed>().Reason);
    }

    [Xunit.Fact]
    public void A_quota_is_reserved_consumed_and_given_back()
    {
        var story = Story.WithVendor(Plain.Replace("\"template\":\"hello\"", "\"template\":\"hello\",\"quota\":\"credits\"", StringComparison.Ordinal))
            .Knows(("phone", "+8613800138000"));

        story.Does("go");
        Assert.Equal(Reasons.NoQuota, story.The<StepFact.MessageSuppressed>().Reason);
        story.Give(new Command.ChangeQuota("ann", "credits", 1)).Does("go").Does("go");
        Assert.Equal((0L, 1L), (story.Contact.Quotas[0].Balance, story.Contact.Quotas[0].Reserved));
        Assert.Single(story.Messages);
        story.Reports(OutcomeKind.Failed, Reasons.BadAddress);
        Assert.Equal((1L, 0L), (story.Contact.Quotas[0].Balance, story.Contact.Quotas[0].Reserved));
        story.Does("go").Reports(OutcomeKind.Sent);

        Assert.Equal((0L, 0L), (story.Contact.Quotas[0].Balance, story.Contact.Quotas[0].Reserved));
    }

    [Xunit.Fact]
    public void A_reply_that_opts_out_revokes_consent_before_anything_it_starts()
    {
        var story = With(Story.Settings).Does("consent_revoked", ("channel", "sms"), ("source", "reply TD"), ("text", "TD"));

        var fact = story.The<ContactFact.ConsentChanged>();
        Assert.Equal(("sms", false, "reply TD"), (fact.Channel, fact.Granted, fact.Source));
        story.Does("go");
        Assert.Equal(Reasons.NoConsent, story.The<StepFact.MessageSuppressed>().Reason);
        story.Wait(Duration.FromMinutes(1)).Does("consent_granted", ("channel", "sms")).Does("go");
        Assert.Single(story.Messages);
    }

    [Xunit.Fact]
    public void A_subscription_adds_one_credit_and_its_refusal_takes_all()
    {
        var story = With(Story.Settings).Does("quota_added", ("quota", "offer")).Does("quota_added", ("quota", "offer"), ("amount", 2L));

        Assert.Equal(3, story.Contact.Quotas[0].Balance);
        story.Does("quota_emptied", ("quota", "offer"));
        Assert.Equal(0, story.Contact.Quotas[0].Balance);
        Assert.Equal([1L, 2L, -3L], story.All<ContactFact.QuotaChanged>().Select(fact => fact.Amount));
    }

    [Xunit.Theory]
    [InlineData("consent_revoked", "text", "TD")]
    [InlineData("quota_added", "amount", 2L)]
    [InlineData("quota_added", "quota", "")]
    public void Such_an_event_without_its_subject_is_an_event_like_any_other(string name, string property, object value)
    {
        var story = With(Story.Settings).Does(name, (property, value));

        Assert.DoesNotContain(story.All<ContactFact>(), fact => fact is ContactFact.ConsentChanged or ContactFact.QuotaChanged);
    }

    [Xunit.Fact]
    public void What_a_vendor_refuses_for_want_of_consent_or_credit_is_believed()
    {
        var story = Story.WithVendor(Plain.Replace("\"template\":\"hello\"", "\"template\":\"hello\",\"quota\":\"credits\"", StringComparison.Ordinal))
            .Knows(("phone", "+8613800138000"))
            .Give(new Command.ChangeQuota("ann", "credits", 3));

        story.Does("go").Reports(OutcomeKind.Failed, Reasons.QuotaGone);
        Assert.Equal((0L, 0L), (story.Contact.Quotas[0].Balance, story.Contact.Quotas[0].Reserved));
        story.Give(new Command.ChangeQuota("ann", "credits", 3)).Does("go").Reports(OutcomeKind.Failed, Reasons.NoConsent);

        Assert.False(story.The<ContactFact.ConsentChanged>().Granted);
        Assert.Equal(3, story.Contact.Quotas[0].Balance);
    }

    [Xunit.Fact]
    public void A_cap_of_one_a_day_counts_sends_later_than_a_day_ago()
    {
        var story = With(Story.Settings with { Caps = [new FrequencyCap("sms", 1, Duration.FromDays(1))] });
        var first = story.Now;

        story.Does("go").Until(first + Duration.FromDays(1) - Duration.FromMilliseconds(1)).Does("go");
        Assert.Equal(Reasons.FrequencyCap, story.The<StepFact.MessageSuppressed>().Reason);
        story.Until(first + Duration.FromDays(1)).Does("go");

        Assert.Equal(2, story.Messages.Count);
    }

    [Xunit.Fact]
    public void A_cap_over_all_channels_counts_them_together()
    {
        var both = Plain.Replace("\"id\":\"m\"", "\"id\":\"w\",\"type\":\"send\",\"channel\":\"wecom\",\"template\":\"hello-wecom\",\"next\":\"m\"},{\"id\":\"m\"", StringComparison.Ordinal);
        var story = Story.Of(Story.Settings with { Caps = [new FrequencyCap(null, 3, Duration.FromDays(7))] }, both)
            .Knows(("phone", "+8613800138000"), ("external_user_id", "w-1"));

        story.Does("go").Does("go");

        Assert.Equal(3, story.Messages.Count);
        Assert.Equal((Reasons.FrequencyCap, 3L), (story.The<StepFact.MessageSuppressed>().Reason, story.The<StepFact.MessageSuppressed>().Looked[0].Was));
    }

    [Xunit.Theory]
    [InlineData("2026-03-02T20:59+08:00", "2026-03-02T20:59+08:00")]
    [InlineData("2026-03-02T21:00+08:00", "2026-03-03T09:00+08:00")]
    [InlineData("2026-03-03T03:00+08:00", "2026-03-03T09:00+08:00")]
    [InlineData("2026-03-03T08:59+08:00", "2026-03-03T09:00+08:00")]
    [InlineData("2026-03-03T09:00+08:00", "2026-03-03T09:00+08:00")]
    public void Quiet_hours_hold_from_their_start_until_before_their_end(string moment, string sentAt)
    {
        var story = With(Story.Settings with { QuietHours = Story.Settings.QuietHours.SetItem("sms", new QuietHours(new LocalTime(21, 0), new LocalTime(9, 0), true)) });

        story.Until(moment).Does("go").Until("2026-03-04T00:00+08:00");

        Assert.Equal([Story.Time(sentAt)], story.Contact.RecentSends.Select(send => send.At));
    }

    [Xunit.Fact]
    public void Quiet_hours_follow_the_contacts_own_clock()
    {
        var story = With(Story.Settings with { QuietHours = Story.Settings.QuietHours.SetItem("sms", new QuietHours(new LocalTime(21, 0), new LocalTime(9, 0), true)) });

        story.Knows(("time_zone", "America/New_York")).Until("2026-03-02T10:00+08:00").Does("go").Until("2026-03-04T00:00+08:00");

        Assert.Equal([Story.Time("2026-03-02T09:00-05:00")], story.Contact.RecentSends.Select(send => send.At));
    }

    [Xunit.Fact]
    public void A_postponed_send_passes_the_gates_again_when_its_time_comes()
    {
        var story = With(Story.Settings with { QuietHours = Story.Settings.QuietHours.SetItem("sms", new QuietHours(new LocalTime(21, 0), new LocalTime(9, 0), true)) });

        story.Until("2026-03-02T22:00+08:00").Does("go").Knows(("consent", PropertyBag.Of(("sms", false)))).Until("2026-03-04T00:00+08:00");

        Assert.Equal(Reasons.QuietHours, story.The<StepFact.MessagePostponed>().Reason);
        Assert.Equal(Reasons.NoConsent, story.The<StepFact.MessageSuppressed>().Reason);
        Assert.Empty(story.Messages);
    }

    [Xunit.Fact]
    public void Quiet_hours_that_drop_do_not_send_later()
    {
        var story = With(Story.Settings with { QuietHours = Story.Settings.QuietHours.SetItem("sms", new QuietHours(new LocalTime(21, 0), new LocalTime(9, 0), false)) });

        story.Until("2026-03-02T22:00+08:00").Does("go").Until("2026-03-04T00:00+08:00");

        Assert.Equal(Reasons.QuietHours, story.The<StepFact.MessageSuppressed>().Reason);
        Assert.Empty(story.Messages);
    }

    [Xunit.Fact]
    public void A_message_knows_until_when_it_may_leave_the_outbox()
    {
        var story = With(Story.Settings with { QuietHours = Story.Settings.QuietHours.SetItem("sms", new QuietHours(new LocalTime(21, 0), new LocalTime(9, 0), true)) });

        story.Does("go");

        Assert.Equal(Story.Time("2026-03-02T21:00+08:00"), Assert.Single(story.Messages).SendBefore);
    }

    [Xunit.Fact]
    public void The_workspaces_control_group_gets_nothing()
    {
        var story = With(Story.Settings with { HoldoutPercent = 100 }).Does("go");

        Assert.Equal(Reasons.HeldOut, story.The<StepFact.MessageSuppressed>().Reason);
    }

    [Xunit.Fact]
    public void A_text_longer_than_its_channel_takes_is_too_large()
    {
        var story = Story.Of(Story.Source(Story.Settings, [Plain]) with
        {
            Templates = [new MessageTemplate("hello", "sms", PropertyBag.Of(("text", new string('长', 501))))],
        }).Knows(("phone", "+8613800138000"));

        story.Does("go");

        Assert.Equal((Reasons.TooLarge, 501L), (story.The<StepFact.MessageSuppressed>().Reason, story.The<StepFact.MessageSuppressed>().Looked[0].Was));
    }

    [Xunit.Fact]
    public void Gates_are_asked_in_their_order_and_the_first_no_is_the_reason()
    {
        var story = Story.Of(Story.Settings with { Consent = Story.Settings.Consent.SetItem("sms", ConsentMode.Required), HoldoutPercent = 100 }, Plain);

        story.Does("go").Knows(("phone", "+8613800138000")).Does("go").Knows(("consent", PropertyBag.Of(("sms", true)))).Does("go");

        Assert.Equal(
            [Reasons.NoAddress, Reasons.NoConsent, Reasons.HeldOut],
            story.All<StepFact.MessageSuppressed>().Select(fact => fact.Reason));
    }
}
