namespace Automation.Core.Templates;

/// <summary>Which doubtful readings are null and which are errors, and how code is laid out. Defaults are the language's own.</summary>
public sealed record TemplateStrictness
{
    public static readonly TemplateStrictness Default = new();

    /// <summary>Reading a variable nobody set is an error.</summary>
    public bool StrictVariables { get; init; }

    /// <summary>An unknown member of an object is null.</summary>
    public bool RelaxedMember { get; init; } = true;

    /// <summary>A member of null is null.</summary>
    public bool RelaxedTarget { get; init; }

    /// <summary>Calling an unknown function gives null.</summary>
    public bool RelaxedFunction { get; init; }

    /// <summary>An index out of range is null.</summary>
    public bool RelaxedIndexer { get; init; } = true;

    /// <summary>A null index gives null.</summary>
    public bool NullIndexer { get; init; }

    /// <summary>The indentation before a code block is repeated on every line it prints.</summary>
    public bool AutoIndent { get; init; } = true;

    /// <summary>Empty lines are indented as well.</summary>
    public bool IndentOnEmptyLines { get; init; } = true;
}
