using System.Collections.Frozen;

using Automation.Core.Templates.Evaluation;

namespace Automation.Core.Templates.Functions;

/// <summary>The names every template knows. They are shared by all renders, so the objects are sealed.</summary>
internal static class BuiltIns
{
    public static readonly ScriptObject Date = DateFunctions.Create();

    public static readonly BuiltIn ParseDate = (BuiltIn)Read(Date, "parse").Function!;

    public static readonly FrozenDictionary<string, Value> Table = new Dictionary<string, Value>(StringComparer.Ordinal)
    {
        ["array"] = new(ArrayFunctions.Create()),
        ["date"] = new(Date),
        ["html"] = new(HtmlFunctions.Create()),
        ["include"] = new(new IncludeFunction()),
        ["include_join"] = new(IncludeFunction.CreateJoin()),
        ["math"] = new(MathFunctions.Create()),
        ["object"] = new(ObjectFunctions.Create()),
        ["regex"] = new(RegexFunctions.Create()),
        ["string"] = new(StringFunctions.Create()),
        ["timespan"] = new(TimeSpanFunctions.Create()),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether it is one of our objects of functions, and no function of it is meant.</summary>
    public static bool IsGroupWithout(string name, string? member) =>
        Table.TryGetValue(name, out var value) && value.Object is ScriptObject group && (member is null || !group.TryGet(member, out _));

    public static void Add(this ScriptObject target, string name, string signature, BuiltInBody body) =>
        target.Add(name, new Value(new BuiltIn(name, signature, body)));

    private static Value Read(ScriptObject source, string name) => source.TryGet(name, out var value) ? value : Value.Null;
}
