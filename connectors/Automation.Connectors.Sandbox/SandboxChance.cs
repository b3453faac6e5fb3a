using System.Buffers.Binary;

namespace Automation.Connectors.Sandbox;

/// <summary>What the sandbox does with one attempt.</summary>
/// <param name="Reason">Why it fails; null when it succeeds.</param>
/// <param name="Arrives">Whether it reaches the mailbox. With an unknown outcome either is possible.</param>
internal readonly record struct Fate(FailureReason? Reason, bool Arrives);

/// <summary>
/// Chance without randomness: a draw is a stable hash of seed, message id, attempt and purpose, so a run repeats exactly on
/// every machine.
/// </summary>
internal static class SandboxChance
{
    private const ulong OfMessage = 1;
    private const ulong OfAttempt = 2;
    private const ulong OfArrival = 3;
    private const ulong OfReceipt = 4;

    public static Fate FateOf(SandboxOptions options, Guid messageId, int attempt)
    {
        if (options.Lasting.Count > 0)
        {
            var draw = Draw(options.Seed, messageId, 0, OfMessage);
            foreach (var (reason, upTo) in options.Lasting)
            {
                if (draw < upTo)
                {
                    return new Fate(reason, Arrives: false);
                }
            }
        }

        if (options.RetryLater > 0 || options.Unknown > 0)
        {
            var draw = Draw(options.Seed, messageId, attempt, OfAttempt);
            if (draw < options.RetryLater)
            {
                return new Fate(FailureReason.RetryLater, Arrives: false);
            }

            if (draw < options.RetryLater + options.Unknown)
            {
                return new Fate(
                    FailureReason.UnknownOutcome, Arrives: Draw(options.Seed, messageId, attempt, OfArrival) < 0.5);
            }
        }

        return new Fate(Reason: null, Arrives: true);
    }

    /// <summary>What the receipt says, or null when it is lost.</summary>
    public static ReceiptStatus? ReceiptOf(ReceiptOptions options, int seed, Guid messageId)
    {
        var draw = Draw(seed, messageId, 0, OfReceipt);
        return draw < options.Delivered ? ReceiptStatus.Delivered
            : draw < options.Delivered + options.Lost ? null
            : ReceiptStatus.Failed;
    }

    /// <summary>A number in [0, 1).</summary>
    private static double Draw(int seed, Guid messageId, int attempt, ulong purpose)
    {
        Span<byte> id = stackalloc byte[16];
        messageId.TryWriteBytes(id, bigEndian: true, out _);
        unchecked
        {
            var hash = Mix(((ulong)(uint)seed << 32) | (uint)attempt);
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64BigEndian(id));
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64BigEndian(id[8..]));
            hash = Mix(hash ^ purpose);
            return (hash >> 11) * (1.0 / (1UL << 53));
        }
    }

    /// <summary>The finaliser of SplitMix64: every input bit changes half of the output bits.</summary>
    private static ulong Mix(ulong x)
    {
        unchecked
        {
            x += 0x9E3779B97F4A7C15;
            x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
            x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
            return x ^ (x >> 31);
        }
    }
}
