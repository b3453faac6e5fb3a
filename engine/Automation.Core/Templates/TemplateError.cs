namespace Automation.Core.Templates;

/// <summary>When a template failed: while its text was read, or while it was rendered.</summary>
public enum TemplateErrorKind
{
    Parse,
    Runtime,
}

/// <summary>One fault of a template. Line and column count from 1.</summary>
public sealed record TemplateError(TemplateErrorKind Kind, int Line, int Column, string Message)
{
    /// <summary>The snake_case code a caller may switch on; the message is for people.</summary>
    public string Code => Kind == TemplateErrorKind.Parse ? "template_parse_error" : "template_runtime_error";
}

/// <summary>The text of one render, or the fault that stopped it: exactly one of the two is set.</summary>
public readonly record struct TemplateResult(string? Text, TemplateError? Error);
