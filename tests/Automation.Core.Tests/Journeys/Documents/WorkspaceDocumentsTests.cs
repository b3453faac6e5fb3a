using System.Collections.Immutable;
using System.Text;
using Automation.Core.Journeys.Documents;
using Automation.Core.Primitives;
using Automation.Core.Rules;
using Automation.Core.Workspaces;
using NodaTime;
using Xunit;

namespace Automation.Core.Tests.Journeys.Documents;

/// <summary>The smaller documents beside the journey: segments, templates, settings.</summary>
public sealed class WorkspaceDocumentsTests
{
    [Fact]
    public void A_segment_survives_writing_and_reading()
    {
        var rule = new RuleGroup(Combinator.Or, true, [new Rule("history.order_paid.count", ">", 3L, Duration.FromDays(90))]);
        var segment = new Segment("loyal", "忠诚客户", rule);

        var (read, findings) = SegmentDocument.Read(SegmentDocument.Write(segment));

        Assert.Empty(findings);
        Assert.Equal(Structure.Of(segment), Structure.Of(read));
    }

    [Fact]
    public void An_imported_list_has_no_rule()
    {
        var (read, findings) = SegmentDocument.Read("""{"key":"guests","list":true}"""u8.ToArray());

        Assert.Empty(findings);
        Assert.Equal(new Segment("guests", "guests", RuleGroup.Everything, List: true), read);
        Assert.Equal("{\n  \"key\": \"guests\",\n  \"list\": true\n}\n", Encoding.UTF8.GetString(SegmentDocument.Write(read!)));
    }

    [Fact]
    public void A_template_survives_writing_and_reading()
    {
        var content = PropertyBag.Of(("text", "你好 {{ contact.name }} 🎁"), ("cards", new List<object?> { PropertyBag.Of(("n", 1.50m)) }));
        var template = new MessageTemplate("hello", "sms", content) { Name = "欢迎" };

        var (read, findings) = TemplateDocument.Read(TemplateDocument.Write(template));

        Assert.Empty(findings);
        Assert.Equal(Structure.Of(template), Structure.Of(read));
    }

    [Fact]
    public void The_designs_settings_are_read_without_a_finding()
    {
        var (settings, findings) = SettingsDocument.Read("""
            { "time_zone": "Asia/Shanghai",
              "quiet_hours": { "sms": { "from": "21:00", "to": "09:00", "then": "postpone" } },
              "caps": [ { "channel": "sms", "at_most": 1, "per": "1d" }, { "at_most": 3, "per": "7d" } ],
              "consent": { "sms": "assumed", "wecom": "assumed", "mini_program": "required" },
              "accounts": { "sms": "sandbox", "wecom": "sandbox", "mini_program": "sandbox" } }
            """u8.ToArray());

        Assert.Empty(findings);
        Assert.Equal(new QuietHours(new LocalTime(21, 0), new LocalTime(9, 0), Postpone: true), settings!.QuietHours["sms"]);
        Assert.Equal<FrequencyCap>(
            [new FrequencyCap("sms", 1, Duration.FromDays(1)), new FrequencyCap(null, 3, Duration.FromDays(7))], settings.Caps.AsEnumerable());
        Assert.Equal(ConsentMode.Required, settings.Consent["mini_program"]);
        Assert.Equal("sandbox", settings.Accounts["wecom"]);
    }

    [Fact]
    public void Settings_survive_writing_and_reading()
    {
        var settings = new WorkspaceSettings
        {
            TimeZone = "Europe/Berlin",
            QuietHours = ImmutableDictionary<string, QuietHours>.Empty
                .Add("wecom", new QuietHours(new LocalTime(22, 30), new LocalTime(8, 0), Postpone: false))
                .Add("sms", new QuietHours(new LocalTime(0, 0), new LocalTime(8, 0), Postpone: true)),
            Caps = [new FrequencyCap("sms", 2, Duration.FromHours(36))],
            Consent = ImmutableDictionary<string, ConsentMode>.Empty.Add("sms", ConsentMode.Assumed).Add("b", ConsentMode.Required),
            Accounts = ImmutableDictionary<string, string>.Empty.Add("sms", "aliyun-1"),
            HoldoutPercent = 2.5m,
            LateAfter = Duration.FromHours(3),
            Retry = new RetryPolicy(3, Duration.FromSeconds(5), 2, Duration.FromMinutes(10)),
        };

        var (read, findings) = SettingsDocument.Read(SettingsDocument.Write(settings));

        Assert.Empty(findings);
        Assert.Equal(Structure.Of(settings), Structure.Of(read));
    }

    [Fact]
    public void Empty_settings_are_the_defaults()
    {
        var (read, findings) = SettingsDocument.Read("{}"u8.ToArray());

        Assert.Empty(findings);
        Assert.Equal(Structure.Of(WorkspaceSettings.Default), Structure.Of(read));
    }
}
