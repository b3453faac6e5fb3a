namespace Automation.Connectors;

/// <summary>What a message costs, where the vendor tells how many units it bills.</summary>
/// <param name="Segments">Billed units, at least 1: a long SMS counts as several.</param>
/// <param name="Amount">What they cost, by the price in the account's configuration. Null when there is none.</param>
/// <param name="Currency">Of the amount, as <c>CNY</c>. Null without an amount.</param>
public sealed record Charge(int Segments, decimal? Amount = null, string? Currency = null);
