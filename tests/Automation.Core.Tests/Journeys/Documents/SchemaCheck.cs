using System.Text.Json;
using System.Text.RegularExpressions;

namespace Automation.Core.Tests.Journeys.Documents;

/// <summary>
/// Validates against the part of JSON Schema 2020-12 that our schema uses; no package for it can be restored. A keyword that
/// it does not know throws, so that none is passed over in silence.
/// </summary>
internal sealed class SchemaCheck(JsonElement root)
{
    private static readonly string[] Annotations = ["$schema", "$id", "$defs", "title", "description", "default", "examples"];

    public bool IsValid(JsonElement value) => IsValid(root, value);

    private bool IsValid(JsonElement schema, JsonElement value) =>
        schema.EnumerateObject().All(keyword => Annotations.Contains(keyword.Name) || Holds(keyword.Name, keyword.Value, schema, value));

    private bool Holds(string keyword, JsonElement rule, JsonElement schema, JsonElement value) => keyword switch
    {
        "$ref" => IsValid(Find(rule.GetString()!), value),
        "allOf" => rule.EnumerateArray().All(inner => IsValid(inner, value)),
        "anyOf" => rule.EnumerateArray().Any(inner => IsValid(inner, value)),
        "oneOf" => rule.EnumerateArray().Count(inner => IsValid(inner, value)) == 1,
        "not" => !IsValid(rule, value),
        "if" => !schema.TryGetProperty(IsValid(rule, value) ? "then" : "else", out var then) || IsValid(then, value),
        "then" or "else" => true,
        "type" => IsOf(rule.GetString()!, value),
        "const" => JsonElement.DeepEquals(rule, value),
        "enum" => rule.EnumerateArray().Any(choice => JsonElement.DeepEquals(choice, value)),
        "pattern" => value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, rule.GetString()!),
        "maxLength" => value.ValueKind != JsonValueKind.String || value.GetString()!.EnumerateRunes().Count() <= rule.GetInt32(),
        "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDecimal() >= rule.GetDecimal(),
        "maximum" => value.ValueKind != JsonValueKind.Number || value.GetDecimal() <= rule.GetDecimal(),
        "items" => value.ValueKind != JsonValueKind.Array || value.EnumerateArray().All(item => IsValid(rule, item)),
        "maxItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= rule.GetInt32(),
        "required" => value.ValueKind != JsonValueKind.Object || rule.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
        "maxProperties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Count() <= rule.GetInt32(),
        "properties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject()
            .All(property => !rule.TryGetProperty(property.Name, out var inner) || IsValid(inner, property.Value)),
        "additionalProperties" when rule.ValueKind == JsonValueKind.False => value.ValueKind != JsonValueKind.Object
            || value.EnumerateObject().All(property => schema.GetProperty("properties").TryGetProperty(property.Name, out _)),
        "dependentRequired" => value.ValueKind != JsonValueKind.Object || rule.EnumerateObject().All(given =>
            !value.TryGetProperty(given.Name, out _) || given.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _))),
        _ => throw new NotSupportedException($"Expected a keyword that this check knows, but found {keyword}."),
    };

    private JsonElement Find(string reference) =>
        reference[2..].Split('/').Aggregate(root, (schema, name) => schema.GetProperty(name));

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetDecimal() % 1 == 0,
        _ => throw new NotSupportedException($"Expected a type that this check knows, but found {type}."),
    };
}
