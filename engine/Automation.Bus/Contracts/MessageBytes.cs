using System.Text;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Bus.Contracts;

/// <summary>
/// Messages of an envelope as bytes: a version, then field after field. Processes of two releases may share a broker, so a
/// released version stays readable.
/// </summary>
internal static class MessageBytes
{
    private const byte Version = 1;

    public static byte[] Pack(IReadOnlyList<QueuedMessage> messages)
    {
        using var bytes = new MemoryStream(messages.Count * 256);
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Version);
        Span<byte> id = stackalloc byte[16];
        foreach (var message in messages)
        {
            message.Id.TryWriteBytes(id);
            writer.Write(id);
            writer.Write7BitEncodedInt64(message.Contact);
            writer.Write7BitEncodedInt(message.Attempt);
            writer.Write(message.Journey);
            writer.Write(message.Step);
            writer.Write(message.IsCall);
            writer.Write(message.AddressType);
            writer.Write(message.Address);
            writer.Write(message.Content);
            writer.Write(message.SendBefore is null ? long.MinValue : message.SendBefore.Value.ToUnixTimeTicks());
        }
        // Behind the messages, where an older release does not look.
        foreach (var message in messages)
        {
            writer.Write(message.Template);
            writer.Write(message.QueuedAt.ToUnixTimeTicks());
        }
        foreach (var message in messages)
        {
            writer.Write(message.Trace ?? "");
        }
        writer.Flush();
        return bytes.ToArray();
    }

    public static QueuedMessage[] Unpack(OutboxHandedOn envelope)
    {
        using var reader = new BinaryReader(new MemoryStream(envelope.Messages, writable: false), Encoding.UTF8);
        var version = reader.ReadByte();
        if (version != Version)
        {
            throw new InvalidDataException($"Expected an envelope of version {Version}, but got {version}: a newer engine sent it.");
        }
        var messages = new QueuedMessage[envelope.Count];
        Span<byte> id = stackalloc byte[16];
        for (var i = 0; i < messages.Length; i++)
        {
            reader.BaseStream.ReadExactly(id);
            messages[i] = new QueuedMessage(
                new Guid(id), reader.Read7BitEncodedInt64(), reader.Read7BitEncodedInt(), reader.ReadString(), reader.ReadString(),
                envelope.Channel, envelope.Account, reader.ReadBoolean(), reader.ReadString(), reader.ReadString(), reader.ReadString(),
                reader.ReadInt64() is var ticks && ticks == long.MinValue ? null : Instant.FromUnixTimeTicks(ticks));
        }
        for (var i = 0; i < messages.Length && reader.BaseStream.Position < reader.BaseStream.Length; i++)
        {
            messages[i] = messages[i] with { Template = reader.ReadString(), QueuedAt = Instant.FromUnixTimeTicks(reader.ReadInt64()) };
        }
        for (var i = 0; i < messages.Length && reader.BaseStream.Position < reader.BaseStream.Length; i++)
        {
            messages[i] = messages[i] with { Trace = reader.ReadString() is { Length: > 0 } trace ? trace : null };
        }
        return messages;
    }
}
