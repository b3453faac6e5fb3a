using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Automation.Core.Contacts;
using Automation.Core.Primitives;
using Automation.Core.Rules;
using NodaTime;

namespace Automation.Core.Tests.Rules;

/// <summary>The words rule tests are written in: contacts, rules and moments in one line each.</summary>
internal static class Given
{
    public static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 12, 0);

    public static readonly DateTimeZone Shanghai = DateTimeZoneProviders.Tzdb["Asia/Shanghai"];

    public static readonly Contact Somebody = new(7, Now - Duration.FromDays(100));

    public static RuleContext Context(Contact? contact = null, Instant? now = null, ISegmentRules? segments = null) =>
        new(contact ?? Somebody, null, null, null, now ?? Now, Shanghai, segments ?? SegmentRules.None);

    /// <summary>Somebody with attribute <c>x</c>; JSON, or null for none.</summary>
    public static Contact With(string? json) =>
        json is null ? Somebody : Somebody with { Attributes = PropertyBag.Of(("x", Json(json))) };

    public static object? Json(string? json)
    {
        if (json is null)
        {
            return null;
        }
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        return PropertyJson.ReadValue(ref reader);
    }

    public static CompiledRule Rule(string field, string with, object? value = null, Duration? within = null) =>
        RuleCompiler.Compile(All(new Rule(field, with, value, within)));

    public static RuleGroup All(params RuleNode[] rules) => new(Combinator.And, false, [.. rules]);

    public static RuleGroup Any(params RuleNode[] rules) => new(Combinator.Or, false, [.. rules]);

    public static RuleGroup Not(params RuleNode[] rules) => new(Combinator.And, true, [.. rules]);

    public static ContactEvent Event(string name, Instant at, params (string, object?)[] properties) =>
        new($"{name}@{at}", EventType.Track, name, at, at, PropertyBag.Of(properties), []);

    public static EventHistory History(string name, params IEnumerable<Instant> times) =>
        times.Skip(1).Aggregate(EventHistory.Of(Event(name, times.First())), (history, at) => history.Add(Event(name, at)));

    public static Contact Did(params ContactEvent[] events) =>
        Somebody with { Histories = events.Aggregate(ImmutableArray<EventHistory>.Empty, Histories.Add) };

    public static Duration Days(double days) => Duration.FromDays(days);
}
