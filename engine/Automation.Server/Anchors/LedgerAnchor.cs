using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Automation.Runtime.Audit;
using Automation.Runtime.Ports;
using NodaTime;
using NodaTime.Text;

namespace Automation.Server.Anchors;

/// <summary>
/// The newest seal of every partition at the end of a day. Kept elsewhere and signed, it shows later that the ledger still holds what it held:
/// also where everything since was rewritten and sealed anew, and where its end was cut off.
/// </summary>
internal sealed record LedgerAnchor(string Day, Instant Until, IReadOnlyList<AnchoredSeal> Partitions)
{
    private const int Format = 1;

    /// <param name="until">When the day ended.</param>
    public static async ValueTask<LedgerAnchor> ReadAsync(ILedgerStore ledger, string day, Instant until, CancellationToken cancellation)
    {
        var heads = new List<AnchoredSeal>();
        for (var partition = 0; partition < ledger.Partitions; partition++)
        {
            if (await SealSearch.BeforeAsync(ledger, partition, until, cancellation) is { } seal)
            {
                heads.Add(new AnchoredSeal(partition, seal.Last, Convert.ToHexStringLower(seal.Hash.Span)));
            }
        }
        return new LedgerAnchor(day, until, heads);
    }

    /// <summary>The one form that is signed.</summary>
    public string Write()
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using var to = new Utf8JsonWriter(bytes);
        to.WriteStartObject();
        to.WriteNumber("ledger_anchor", Format);
        to.WriteString("day", Day);
        to.WriteString("until", InstantPattern.General.Format(Until));
        to.WriteStartArray("partitions");
        foreach (var one in Partitions)
        {
            to.WriteStartObject();
            to.WriteNumber("partition", one.Partition);
            to.WriteNumber("sequence", one.Sequence);
            to.WriteString("seal", one.Seal);
            to.WriteEndObject();
        }
        to.WriteEndArray();
        to.WriteEndObject();
        to.Flush();
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <exception cref="JsonException">It is none.</exception>
    public static LedgerAnchor Read(string text)
    {
        try
        {
            var from = JsonElement.Parse(text);
            return new LedgerAnchor(
                from.GetProperty("day").GetString()!, InstantPattern.General.Parse(from.GetProperty("until").GetString()!).Value,
                [.. from.GetProperty("partitions").EnumerateArray().Select(one => new AnchoredSeal(
                    one.GetProperty("partition").GetInt32(), one.GetProperty("sequence").GetInt64(), one.GetProperty("seal").GetString()!))]);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException or UnparsableValueException)
        {
            throw new JsonException("Expected an anchor of a ledger, but it is something else.", error);
        }
    }

    /// <summary>Whether the ledger has these very seals. Seals stay when retention drops their records, so old anchors go on being of use.</summary>
    /// <returns>"Expected …, but …", or null.</returns>
    public async ValueTask<string?> CompareAsync(ILedgerStore ledger, CancellationToken cancellation)
    {
        foreach (var one in Partitions)
        {
            var seal = one.Partition < ledger.Partitions ? await ledger.SealAtAsync(one.Partition, one.Sequence, cancellation) : null;
            if (seal is null || seal.Last < one.Sequence)
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"Expected record {one.Sequence} of partition {one.Partition}, which was anchored at the end of {Day}, but the ledger ends at {seal?.Last ?? 0}.");
            }
            if (seal.Last != one.Sequence || Convert.ToHexStringLower(seal.Hash.Span) != one.Seal)
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"Expected the seal over record {one.Sequence} of partition {one.Partition} that was anchored at the end of {Day}, but there is another: the ledger was rewritten at or before it.");
            }
        }
        return null;
    }
}

/// <param name="Sequence">The last record it covers.</param>
/// <param name="Seal">In hexadecimal digits.</param>
internal sealed record AnchoredSeal(int Partition, long Sequence, string Seal);
