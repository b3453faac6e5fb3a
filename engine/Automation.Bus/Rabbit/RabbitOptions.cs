using System.ComponentModel.DataAnnotations;

namespace Automation.Bus.Rabbit;

/// <summary>Where the broker is, and how much may wait in it.</summary>
public sealed class RabbitOptions
{
    /// <summary><c>amqp://user:password@host:5672/vhost</c>; several hosts of one cluster are separated by commas.</summary>
    [Required]
    public required string Uri { get; init; }

    /// <summary>First word of every queue's and exchange's name. Default <c>automation</c>.</summary>
    public string Prefix { get; init; } = "automation";

    /// <summary>Envelopes of a partition that a worker holds and has not acknowledged. Default 64.</summary>
    [Range(1, 10_000)]
    public int PrefetchMax { get; init; } = 64;

    /// <summary>Events and stimuli in one envelope. Default 500.</summary>
    [Range(1, 10_000)]
    public int EnvelopeMax { get; init; } = 500;

    /// <summary>Bytes a partition's queue keeps; the broker refuses more, and senders are told to come back. Default 256 MiB.</summary>
    [Range(1, long.MaxValue)]
    public long QueueBytesMax { get; init; } = 256L * 1024 * 1024;

    /// <summary>How long the broker may take to confirm. Default 10 s.</summary>
    public TimeSpan ConfirmTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long whoever asked for facts waits for the answer. Default 15 s.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>After this long without a word a peer is taken for dead. Default 5 s.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often queues are measured. Default 500 ms.</summary>
    public TimeSpan MeasureEvery { get; init; } = TimeSpan.FromMilliseconds(500);
}
