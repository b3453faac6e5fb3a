namespace Automation.Runtime.Ports;

/// <summary>What came in and nobody could read: kept whole, with the reason, until a person looks.</summary>
public interface IDeadLetters
{
    /// <summary>The oldest ones; looking takes nothing away.</summary>
    Task<IReadOnlyList<DeadLetter>> DeadLettersAsync(int limit, CancellationToken cancellation = default);

    /// <summary>Puts the oldest ones back where they came from, for instance after an upgrade that understands them. One that nobody can read now either comes to the end of the others.</summary>
    /// <returns>How many went back.</returns>
    Task<int> ReplayDeadLettersAsync(int limit, CancellationToken cancellation = default);

    /// <summary>Throws the oldest ones away, for good.</summary>
    /// <returns>How many.</returns>
    Task<int> DiscardDeadLettersAsync(int limit, CancellationToken cancellation = default);

    /// <summary>How many there are.</summary>
    Task<long> CountDeadLettersAsync(CancellationToken cancellation = default);
}

/// <param name="At">When it was put aside.</param>
/// <param name="Body">Its first bytes as text, for whoever looks.</param>
public sealed record DeadLetter(string Exchange, string RoutingKey, string Reason, string At, int Bytes, string Body);

/// <summary>Of a process that decides everything itself: what it cannot read it refuses, and the sender still has it.</summary>
public sealed class NoDeadLetters : IDeadLetters
{
    public static readonly NoDeadLetters Instance = new();

    public Task<IReadOnlyList<DeadLetter>> DeadLettersAsync(int limit, CancellationToken cancellation = default) =>
        Task.FromResult<IReadOnlyList<DeadLetter>>([]);

    public Task<int> ReplayDeadLettersAsync(int limit, CancellationToken cancellation = default) => Task.FromResult(0);

    public Task<int> DiscardDeadLettersAsync(int limit, CancellationToken cancellation = default) => Task.FromResult(0);

    public Task<long> CountDeadLettersAsync(CancellationToken cancellation = default) => Task.FromResult(0L);
}
