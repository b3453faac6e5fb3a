using Automation.Runtime.Ports;
using Automation.Server.Telling;

namespace Automation.Server.Cli.Audit;

/// <summary>Who answers questions to the ledger. The answers are the same wherever it stands.</summary>
internal abstract class AuditDesk : IAsyncDisposable
{
    public abstract ValueTask<LocalTimes> TimesAsync(CancellationToken cancellation);

    public abstract ValueTask<WhyAnswer> WhyAsync(WhyAsked asked, CancellationToken cancellation);

    public abstract ValueTask<SummaryAnswer> SummaryAsync(SummaryAsked asked, CancellationToken cancellation);

    /// <summary>Facts that match; never more than <see cref="FactsAsked.Limit"/>.</summary>
    public abstract ValueTask<IReadOnlyList<LedgerRow>> FactsAsync(FactsAsked asked, CancellationToken cancellation);

    /// <summary>What people call a contact.</summary>
    public abstract ValueTask<string> NameAsync(long contact, CancellationToken cancellation);

    public abstract ValueTask DisposeAsync();
}

/// <param name="Contact">As people name one: a user id, <c>phone=+86…</c>, <c>id=42</c>.</param>
internal sealed record WhyAsked(string Contact, string? Journey, Guid? Message, string? Day, string Language);

/// <param name="Query">All but the contact, which stands beside it as people name one.</param>
internal sealed record FactsAsked(string? Contact, FactQuery Query)
{
    public int Limit => Query.Limit;
}
