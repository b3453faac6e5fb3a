using System.Collections.Immutable;
using System.Text.Json;
using Automation.Core.Rules;

namespace Automation.Runtime.Definitions;

/// <summary>
/// What a document said before and says after, member by member, as the values that its fact looked at: the field is a JSON pointer,
/// <c>was</c> the value before and <c>needed</c> the one after. Secrets are told as changed, never as values.
/// </summary>
public static class DocumentChanges
{
    /// <summary>The operator of such a value; no rule has one of this name.</summary>
    public const string Operator = "changed_to";

    private const int ChangesMax = 50;
    private const int TextMax = 200;
    private const string Secrets = "/secrets";
    private const string Hidden = "***";
    private const string Nothing = "{}";

    /// <param name="before">Null for a new document.</param>
    /// <param name="after">Null for one that was deleted.</param>
    public static ImmutableArray<EvaluatedValue> Between(string? before, string? after)
    {
        var changes = ImmutableArray.CreateBuilder<EvaluatedValue>();
        try
        {
            using var old = JsonDocument.Parse(before ?? Nothing);
            using var now = JsonDocument.Parse(after ?? Nothing);
            Compare("", old.RootElement, now.RootElement, changes);
        }
        catch (JsonException)
        {
            // A draft may be torn; that it was saved is told all the same.
        }
        return changes.Count == 0 ? default : changes.ToImmutable();
    }

    private static void Compare(string pointer, JsonElement? before, JsonElement? after, ImmutableArray<EvaluatedValue>.Builder to)
    {
        if (to.Count >= ChangesMax || (before is { } same && after is { } other && JsonElement.DeepEquals(same, other)))
        {
            return;
        }
        if (before is { ValueKind: JsonValueKind.Object } old && after is { ValueKind: JsonValueKind.Object } now)
        {
            foreach (var name in old.EnumerateObject().Concat(now.EnumerateObject()).Select(member => member.Name).Distinct())
            {
                Compare($"{pointer}/{Escape(name)}", Member(old, name), Member(now, name), to);
            }
        }
        else if (before is { ValueKind: JsonValueKind.Array } olds && after is { ValueKind: JsonValueKind.Array } nows)
        {
            for (var i = 0; i < Math.Max(olds.GetArrayLength(), nows.GetArrayLength()); i++)
            {
                Compare(FormattableString.Invariant($"{pointer}/{i}"), Item(olds, i), Item(nows, i), to);
            }
        }
        else
        {
            var isSecret = pointer.StartsWith(Secrets, StringComparison.Ordinal);
            to.Add(new EvaluatedValue(pointer, Operator, Value(after, isSecret), Value(before, isSecret), true));
        }
    }

    private static JsonElement? Member(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value : null;

    private static JsonElement? Item(JsonElement of, int index) => index < of.GetArrayLength() ? of[index] : null;

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static string? Value(JsonElement? element, bool isSecret)
    {
        if (element is not { } value)
        {
            return null;
        }
        var text = isSecret ? Hidden : value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return text.Length <= TextMax ? text : text[..TextMax] + "…";
    }
}
