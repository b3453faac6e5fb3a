using System.Globalization;
using System.Text;
using System.Text.Json;
using Automation.Server.Ingest;

namespace Automation.Server.Cli.Importing;

/// <summary>
/// Rows that could not be taken, beside the file they came from, each with its reason. Mended, the file can be imported as it is: the
/// columns with the reasons are left out then.
/// </summary>
internal sealed class RejectsFile(string imported, ImportFile source) : IDisposable
{
    private readonly string _path = System.IO.Path.ChangeExtension(imported, $".rejects{System.IO.Path.GetExtension(imported)}");
    private StreamWriter? _writer;

    /// <summary>Where it is; null while nothing was rejected.</summary>
    public string? Path => _writer is null ? null : _path;

    public long Rows { get; private set; }

    public void Write(ImportRow row, IngestProblem problem)
    {
        Rows++;
        _writer ??= Begin();
        var reason = $"{problem.Code}: {problem.Message}";
        _writer.WriteLine(source.Header is null
            ? Line(row, reason)
            : string.Create(CultureInfo.InvariantCulture, $"{row.Raw}{source.Separator}{row.Line}{source.Separator}\"{reason.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
    }

    public void Dispose() => _writer?.Dispose();

    private StreamWriter Begin()
    {
        var writer = new StreamWriter(_path, append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        if (source.Header is { } header)
        {
            writer.WriteLine($"{header}{source.Separator}{FieldMap.ImportLine}{source.Separator}{FieldMap.ImportProblem}");
        }
        return writer;
    }

    private static string Line(ImportRow row, string reason) => JsonText.Compact(to =>
    {
        to.WriteStartObject();
        to.WriteNumber(FieldMap.ImportLine, row.Line);
        to.WriteString(FieldMap.ImportProblem, reason);
        try
        {
            using var document = JsonDocument.Parse(row.Raw);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                property.WriteTo(to);
            }
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            to.WriteString("raw", row.Raw);
        }
        to.WriteEndObject();
    });
}
