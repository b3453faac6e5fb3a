using Automation.Core.Primitives;

namespace Automation.Storage.Ledger;

/// <summary>A recurring name with its number in the store (null where it has none) and its JSON, which ledger lines need again and again.</summary>
internal sealed class StoredName(long? id, string text)
{
    private byte[]? _json;

    public long? Id { get; } = id;

    public string Text { get; } = text;

    /// <summary>The text as a JSON string, quotes included.</summary>
    public byte[] Json => _json ??= Encode(Text);

    private static byte[] Encode(string text)
    {
        var buffer = new ByteBuffer(text.Length + 2);
        RecordLine.AppendJson(buffer, text);
        return buffer.Written.ToArray();
    }
}
