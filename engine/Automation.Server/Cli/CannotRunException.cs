namespace Automation.Server.Cli;

/// <summary>Why a command could not do what it was asked to, in words for the person who typed it.</summary>
/// <param name="code">Stable, <c>snake_case</c>.</param>
/// <param name="message">"Expected …, but …".</param>
internal sealed class CannotRunException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Code { get; } = code;

    /// <summary>The code of the server's own problem, where a server refused.</summary>
    public string? Problem { get; init; }
}
