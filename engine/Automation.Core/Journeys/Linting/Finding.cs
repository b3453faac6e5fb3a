namespace Automation.Core.Journeys.Linting;

/// <summary>One thing that is wrong with a document, and where.</summary>
/// <param name="Code">One of <see cref="LintCodes"/>.</param>
/// <param name="Pointer">RFC 6901 JSON pointer into the document; empty for the whole of it.</param>
/// <param name="Message">A sentence of the form "Expected …, but …".</param>
public sealed record Finding(string Code, Severity Severity, string Pointer, string Message)
{
    /// <summary>Which document: its file, or kind and key (<c>journeys/newcomer-benefit</c>) where there is no file.</summary>
    public string? Document { get; init; }

    /// <summary>Line in the file, from 1; null where the document is no file.</summary>
    public int? Line { get; init; }

    public override string ToString() =>
        $"{Document ?? "document"}{(Line is { } line ? $":{line}" : "")}#{Pointer}: {Code}: {Message}";
}
