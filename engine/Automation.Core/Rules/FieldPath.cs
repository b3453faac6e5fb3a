using System.Diagnostics.CodeAnalysis;

namespace Automation.Core.Rules;

/// <summary>What a history field measures.</summary>
public enum HistoryMeasure
{
    Count,
    First,
    Last,
    Sum,
}

/// <summary>
/// What a rule, or a <c>per</c> key, can look at: the left-hand side of every comparison. Closed family; the text is
/// canonical, so two equal texts are one field.
/// </summary>
public abstract record FieldPath
{
    private FieldPath(string text) => Text = text;

    /// <summary>The field as documents write it, e.g. <c>history.order_paid.sum:amount</c>.</summary>
    public string Text { get; }

    /// <summary>Whether <c>within</c> means something for it.</summary>
    public bool HasWindow => this is History;

    /// <summary>Whether it is a set of names rather than one value.</summary>
    public bool IsSet => this is Tags or Segments or Lists;

    public static bool TryParse(string text, [NotNullWhen(true)] out FieldPath? path) => FieldSyntax.TryParse(text, out path, out _);

    /// <summary>The same, and a sentence that says what was expected where it fails.</summary>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out FieldPath? path, [NotNullWhen(false)] out string? problem) =>
        FieldSyntax.TryParse(text, out path, out problem);

    public sealed override string ToString() => Text;

    public sealed record ContactAttribute(PropertyPath Path) : FieldPath($"contact.{Path}");

    public sealed record ContactId() : FieldPath("contact.id");

    public sealed record FirstSeen() : FieldPath("contact.first_seen");

    public sealed record LastActivity() : FieldPath("contact.last_activity");

    /// <summary>A property of the event at hand; in later steps, of the event that enrolled the contact.</summary>
    public sealed record EventProperty(PropertyPath Path) : FieldPath($"event.{Path}");

    public sealed record EventName() : FieldPath("event.name");

    /// <summary>What a finished step left behind, e.g. the coupon code of a call.</summary>
    public sealed record StepValue(string Step, PropertyPath Path) : FieldPath($"steps.{Step}.{Path}");

    /// <param name="Property">For <see cref="HistoryMeasure.Sum"/>: what is added up.</param>
    public sealed record History(string Event, HistoryMeasure Measure, string? Property = null)
        : FieldPath($"history.{Event}.{FieldSyntax.Word(Measure)}{Property}");

    public sealed record Tags() : FieldPath("tags");

    public sealed record Segments() : FieldPath("segments");

    public sealed record Lists() : FieldPath("lists");

    /// <summary>True or false; missing where the contact never said a word.</summary>
    public sealed record Consent(string Channel) : FieldPath($"consent.{Channel}");

    /// <summary>What is left of it; 0 where the contact has none.</summary>
    public sealed record Quota(string Name) : FieldPath($"quota.{Name}");
}
