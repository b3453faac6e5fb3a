using System.Text.Json;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Runtime.Loop;

namespace Automation.Bus.Contracts;

/// <summary>
/// Envelopes of a partition as bytes: a version, the kind of what is in it, how many, and one after the other. Processes of two
/// releases share a broker while one replaces the other, so a released version stays readable. One user at a time.
/// </summary>
internal sealed class EnvelopeBytes
{
    private const byte Version = 1;
    private const byte Events = 1;
    private const byte Stimuli = 2;
    private const byte Facts = 3;

    private readonly ByteBuffer _buffer = new(64 * 1024);
    private readonly NamePool _names = new();

    public byte[] Pack(PartitionEnvelope envelope)
    {
        _buffer.Clear();
        _buffer.Append(Version);
        _buffer.Append(envelope.Events.Count > 0 ? Events : envelope.Stimuli.Count > 0 ? Stimuli : Facts);
        _buffer.AppendVarint((ulong)envelope.Count);
        foreach (var happened in envelope.Events)
        {
            EventBytes.Append(_buffer, happened);
        }
        foreach (var (contact, stimulus) in envelope.Stimuli)
        {
            _buffer.AppendZigzag(contact);
            StimulusBytes.Append(_buffer, stimulus);
        }
        foreach (var fact in envelope.Facts)
        {
            AnswerBytes.AppendFact(_buffer, fact);
        }
        return _buffer.Written.ToArray();
    }

    /// <exception cref="FormatException">The bytes are no envelope, or one of a newer engine.</exception>
    public PartitionEnvelope Unpack(ReadOnlySpan<byte> bytes)
    {
        var cursor = new ByteCursor(bytes, _names);
        var version = cursor.Byte();
        if (version != Version)
        {
            throw new FormatException($"Expected an envelope of version {Version}, but found version {version}: a newer engine sent it.");
        }
        var kind = cursor.Byte();
        var count = cursor.Count();
        try
        {
            var envelope = kind switch
            {
                Events => PartitionEnvelope.Of(ReadEvents(ref cursor, count)),
                Stimuli => PartitionEnvelope.Of(ReadStimuli(ref cursor, count)),
                Facts => PartitionEnvelope.Of(ReadFacts(ref cursor, count)),
                _ => throw new FormatException($"Expected a known kind of envelope, but found {kind}: a newer engine sent it."),
            };
            return cursor.AtEnd && count > 0 ? envelope : throw new FormatException("Expected the envelope to end with its last item, but it does not.");
        }
        catch (Exception error) when (error is JsonException or OverflowException or ArgumentException or InvalidCastException)
        {
            throw new FormatException("Expected an envelope, but its bytes make no sense.", error);
        }
    }

    private static ContactEvent[] ReadEvents(ref ByteCursor from, int count)
    {
        var events = new ContactEvent[count];
        for (var i = 0; i < count; i++)
        {
            events[i] = EventBytes.Read(ref from);
        }
        return events;
    }

    private static Addressed[] ReadStimuli(ref ByteCursor from, int count)
    {
        var stimuli = new Addressed[count];
        for (var i = 0; i < count; i++)
        {
            stimuli[i] = new Addressed(from.Zigzag(), StimulusBytes.Read(ref from));
        }
        return stimuli;
    }

    private static WorkspaceFact[] ReadFacts(ref ByteCursor from, int count)
    {
        var facts = new WorkspaceFact[count];
        for (var i = 0; i < count; i++)
        {
            facts[i] = AnswerBytes.ReadFact(ref from) as WorkspaceFact
                ?? throw new FormatException("Expected a fact about a definition, but found one about a contact.");
        }
        return facts;
    }
}
