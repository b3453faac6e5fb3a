using System.Text.Json;
using Automation.Server.Api;

namespace Automation.Server.Cli.Audit;

/// <summary>How far an export has come, in a file beside it: written now and then, gone when the export is whole.</summary>
/// <param name="Bytes">So much of the file is whole lines.</param>
/// <param name="After">The last record that was read of each partition.</param>
/// <param name="Asked">The options that say what is exported; a resumed export has the same.</param>
internal sealed record ExportProgress(long Bytes, long Rows, IReadOnlyList<long> After, string Asked)
{
    public static string PathOf(string file) => file + ".resume";

    /// <exception cref="CannotRunException">There is nothing to go on with, or it was another export.</exception>
    public static ExportProgress Read(string file, string asked)
    {
        ExportProgress? known = null;
        try
        {
            known = File.Exists(file) ? JsonSerializer.Deserialize<ExportProgress>(File.ReadAllText(PathOf(file)), ApiJson.Options) : null;
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            // As good as none.
        }
        if (known is null)
        {
            throw new CannotRunException("nothing_to_resume", $"Expected {PathOf(file)} beside an export that was broken off, but there is none: it is whole, or must begin anew.");
        }
        return known.Asked == asked
            ? known
            : throw new CannotRunException("another_export", $"Expected the options of the export that was broken off ({known.Asked}), but found others ({asked}).");
    }

    public void Write(string file)
    {
        var path = PathOf(file);
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(this, ApiJson.Options));
        File.Move(path + ".new", path, overwrite: true);
    }
}
