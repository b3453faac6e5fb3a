namespace Automation.Core.Journeys.Documents;

/// <summary>
/// The JSON Schema (2020-12) of journey documents, for editors and the designer. It holds the shape that
/// <see cref="JourneyDocument"/> reads, without the nulls that the reader lets pass.
/// </summary>
public static class JourneySchema
{
    private const string Resource = "journey.schema.json";

    /// <summary>The schema as it is published, in UTF-8.</summary>
    public static ReadOnlyMemory<byte> Utf8 { get; } = Load();

    private static byte[] Load()
    {
        using var stream = typeof(JourneySchema).Assembly.GetManifestResourceStream(Resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
