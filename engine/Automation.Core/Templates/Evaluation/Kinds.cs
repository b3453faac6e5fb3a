namespace Automation.Core.Templates.Evaluation;

/// <summary>The names of types, as <c>object.kind</c> and <c>object.typeof</c> answer them.</summary>
internal static class Kinds
{
    public static string Name(Value value) => value.Kind switch
    {
        ValueKind.Null or ValueKind.Missing => "null",
        ValueKind.Empty => "empty",
        ValueKind.Bool => "bool",
        ValueKind.Int => "int",
        ValueKind.Long => "long",
        ValueKind.BigInteger => "bigint",
        ValueKind.Float => "float",
        ValueKind.Double => "double",
        ValueKind.Decimal => "decimal",
        ValueKind.String => "string",
        ValueKind.Date => "DateTime",
        ValueKind.TimeSpan => "TimeSpan",
        ValueKind.List => value.List!.IsRange ? "range" : "array",
        ValueKind.Object => "object",
        _ => "function",
    };

    public static string Broad(Value value) => value.Kind switch
    {
        ValueKind.Bool => "boolean",
        >= ValueKind.Int and <= ValueKind.Decimal => "number",
        ValueKind.String => "string",
        ValueKind.List => value.List!.IsRange ? "iterator" : "array",
        _ => "object",
    };
}
