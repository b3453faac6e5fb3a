using System.Text;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Bus.Contracts;

/// <summary>What a worker answers to whoever asked for the facts. There are few of these, so facts travel as the ledger's own JSON.</summary>
internal static class AnswerBytes
{
    private const byte Version = 1;

    public static byte[] Pack(Acknowledgement done)
    {
        var to = new ByteBuffer();
        to.Append(Version);
        to.AppendVarint((ulong)done.Accepted);
        to.AppendVarint((ulong)done.Duplicates);
        to.AppendVarint((ulong)done.Rejected);
        to.AppendZigzag(done.At.ToUnixTimeTicks());
        to.AppendVarint((ulong)done.Facts.Count);
        foreach (var fact in done.Facts)
        {
            to.AppendZigzag(fact.Sequence);
            to.AppendZigzag(fact.Contact);
            to.AppendZigzag(fact.At.ToUnixTimeTicks());
            to.AppendText(fact.Cause);
            AppendFact(to, fact.Fact);
        }
        return to.Written.ToArray();
    }

    /// <exception cref="FormatException">The bytes are no answer.</exception>
    public static Acknowledgement Unpack(ReadOnlySpan<byte> bytes)
    {
        var from = new ByteCursor(bytes, new NamePool());
        if (from.Byte() != Version)
        {
            throw new FormatException($"Expected an answer of version {Version}, but found another: a newer engine sent it.");
        }
        var accepted = (int)from.Varint();
        var duplicates = (int)from.Varint();
        var rejected = (int)from.Varint();
        var at = Instant.FromUnixTimeTicks(from.Zigzag());
        var facts = new RecordedFact[from.Count()];
        for (var i = 0; i < facts.Length; i++)
        {
            facts[i] = new RecordedFact(
                from.Zigzag(), from.Zigzag(), Instant.FromUnixTimeTicks(from.Zigzag()), from.Text(), ReadFact(ref from));
        }
        return new Acknowledgement(accepted, duplicates, rejected, at, facts);
    }

    public static void AppendFact(ByteBuffer to, Fact fact) => to.AppendText(Encoding.UTF8.GetString(FactJson.Write(fact)));

    public static Fact ReadFact(ref ByteCursor from) => FactJson.Read(Encoding.UTF8.GetBytes(from.Text()));
}
