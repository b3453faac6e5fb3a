namespace Automation.Server.Hosting;

/// <summary>Whether the store's directory takes a page.</summary>
internal static class StoreDirectoryProbe
{
    private const int PageBytes = 4096;

    /// <summary>Why not, or null.</summary>
    public static string? Refusal(string directory)
    {
        try
        {
            var probe = Path.Combine(directory, $"ready.{Guid.NewGuid():N}");
            using var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, PageBytes, FileOptions.DeleteOnClose);
            file.Write(new byte[PageBytes]);
            file.Flush();
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "Expected a data directory that can be written, but it cannot.";
        }
    }
}
