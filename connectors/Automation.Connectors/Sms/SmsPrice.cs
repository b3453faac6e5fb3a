namespace Automation.Connectors.Sms;

/// <summary>What one segment costs, as the account's configuration says: <c>price_per_segment</c> and <c>currency</c>.</summary>
/// <param name="PerSegment">Zero or more; null when nobody said.</param>
/// <param name="Currency">For example <c>CNY</c>.</param>
public sealed record SmsPrice(decimal? PerSegment, string Currency)
{
    /// <summary>Reads both properties.</summary>
    /// <param name="read">The account's configuration.</param>
    public static SmsPrice Read(ConfigurationReader read) => new(
        read.Has("price_per_segment") ? (decimal)read.Number("price_per_segment", otherwise: 0, min: 0, max: 100) : null,
        read.Text("currency") ?? "CNY");

    /// <summary>What a message of so many segments costs.</summary>
    /// <param name="segments">As the vendor counted them; below 1 counts as 1.</param>
    public Charge Of(int segments)
    {
        var billed = Math.Max(1, segments);
        return PerSegment is { } price ? new Charge(billed, billed * price, Currency) : new Charge(billed);
    }
}
