using System.Text;
using System.Text.Json;

namespace Automation.Server.Cli;

/// <summary>
/// Where a command speaks: answers go to the output, everything about the answering (progress, summaries, errors) beside it, so
/// that the output can always be piped. In JSON nothing but JSON is written to either.
/// </summary>
/// <param name="isInteractive">Whether a person looks at the error stream, so that a line may be written over.</param>
internal sealed class Terminal(TextWriter output, TextWriter error, bool isInteractive)
{
    private int _overwritten;

    public TextWriter Output => output;

    public TextWriter Error => error;

    public bool IsInteractive => isInteractive && !Json;

    /// <summary>Whether <c>--json</c> was asked for.</summary>
    public bool Json { get; set; }

    /// <summary>Whether the command brings its work to an end when it is interrupted; otherwise the process simply ends.</summary>
    public bool StopsInOrder { get; set; }

    public static Terminal OfProcess()
    {
        // Redirected output is for other programs: UTF-8 without a byte order mark, whatever the console's code page.
        var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 14) { AutoFlush = true, NewLine = "\n" };
        var error = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false), 1 << 12) { AutoFlush = true, NewLine = "\n" };
        return new Terminal(output, error, !Console.IsErrorRedirected);
    }

    /// <summary>How this program was started, so that what it suggests can be typed as it stands.</summary>
    public static string Program { get; } = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) != "dotnet"
        ? path
        : $"dotnet {typeof(Terminal).Assembly.Location}";

    /// <summary>A line of the answer, for people.</summary>
    public void Say(string line) => output.WriteLine(line);

    /// <summary>A line beside the answer, for people; silent with <c>--json</c>.</summary>
    public void Note(string line)
    {
        if (!Json)
        {
            ClearProgress();
            error.WriteLine(line);
        }
    }

    /// <summary>Writes the line over the one before, where a person looks; elsewhere nothing.</summary>
    public void Progress(string line)
    {
        if (IsInteractive)
        {
            error.Write($"\r{line.PadRight(_overwritten)}");
            _overwritten = line.Length;
        }
    }

    public void ClearProgress()
    {
        if (_overwritten > 0)
        {
            error.Write($"\r{new string(' ', _overwritten)}\r");
            _overwritten = 0;
        }
    }

    /// <summary>The whole answer as one JSON document.</summary>
    public void Document(Action<Utf8JsonWriter> write) => output.WriteLine(JsonText.Indented(write));

    /// <summary>One line of an answer that is a stream of JSON.</summary>
    public void Line(Action<Utf8JsonWriter> write) => output.WriteLine(JsonText.Compact(write));

    public void Fail(string code, string message)
    {
        ClearProgress();
        if (!Json)
        {
            error.WriteLine($"{code}: {message}");
            return;
        }
        error.WriteLine(JsonText.Compact(to =>
        {
            to.WriteStartObject();
            to.WriteStartObject("error");
            to.WriteString("code", code);
            to.WriteString("message", message);
            to.WriteEndObject();
            to.WriteEndObject();
        }));
    }
}
