namespace Automation.Core.Journeys.Linting;

/// <summary>How bad a finding is: an error blocks publishing, a warning does not.</summary>
public enum Severity
{
    Error,
    Warning,
}

/// <summary>One kind of finding. The code is stable: API, command line and designer share it.</summary>
/// <param name="Sentence">What it means, for <c>docs/lint.md</c>.</param>
public sealed record LintCode(string Code, Severity Severity, string Sentence)
{
    /// <summary>Whether the document's shape is lost, so that checks which need the whole document would only mislead.</summary>
    public bool BreaksShape { get; init; }

    public Finding At(string pointer, string message) => new(Code, Severity, pointer, message);

    public override string ToString() => Code;
}
