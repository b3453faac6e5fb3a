using System.Collections.Frozen;

namespace Automation.Connectors.WeCom;

/// <summary>The vendor's codes as reasons. The code decides, never the vendor's sentence: it says so itself.</summary>
internal static class WeComErrors
{
    private static readonly FrozenSet<long> TokenCodes = new long[] { 40014, 42001, 41001 }.ToFrozenSet();

    private static readonly FrozenDictionary<long, FailureReason> Known = new Dictionary<long, FailureReason>
    {
        [-1] = FailureReason.RetryLater,
        [6000] = FailureReason.RetryLater,
        [40001] = FailureReason.FixConfiguration,
        [40091] = FailureReason.FixConfiguration,
        [40013] = FailureReason.FixConfiguration,
        [40014] = FailureReason.RetryLater,
        [42001] = FailureReason.RetryLater,
        [41001] = FailureReason.RetryLater,
        [40003] = FailureReason.BadAddress,
        [60111] = FailureReason.BadAddress,
        [46004] = FailureReason.BadAddress,
        [40031] = FailureReason.BadAddress,
        [40032] = FailureReason.BadAddress,
        [40033] = FailureReason.ContentRefused,
        [40035] = FailureReason.ContentRefused,
        [40058] = FailureReason.ContentRefused,
        [40063] = FailureReason.ContentRefused,
        [40056] = FailureReason.FixConfiguration,
        [301002] = FailureReason.FixConfiguration,
        [50003] = FailureReason.FixConfiguration,
        [40096] = FailureReason.BadAddress,
        [84061] = FailureReason.BadAddress,
        [84074] = FailureReason.FixConfiguration,
        [41046] = FailureReason.ContentRefused,
        [41047] = FailureReason.ContentRefused,
        [41048] = FailureReason.BadAddress,
        [41050] = FailureReason.QuotaGone,
        [41051] = FailureReason.QuotaGone,
        [41053] = FailureReason.NoConsent,
        [41054] = FailureReason.FixConfiguration,
        [41063] = FailureReason.RetryLater,
        [41064] = FailureReason.TooLarge,
        [41065] = FailureReason.ContentRefused,
        [41096] = FailureReason.RetryLater,
        [44004] = FailureReason.ContentRefused,
        [45002] = FailureReason.TooLarge,
        [45008] = FailureReason.TooLarge,
        [45009] = FailureReason.RetryLater,
        [45033] = FailureReason.RetryLater,
        [48002] = FailureReason.FixConfiguration,
        [48004] = FailureReason.FixConfiguration,
        [48005] = FailureReason.FixConfiguration,
        [48006] = FailureReason.FixConfiguration,
        [49008] = FailureReason.BadAddress,
        [50002] = FailureReason.BadAddress,
        [60011] = FailureReason.BadAddress,
        [60021] = FailureReason.BadAddress,
        [50100] = FailureReason.RetryLater,
        [60020] = FailureReason.FixConfiguration,
        [81013] = FailureReason.BadAddress,
        [82001] = FailureReason.BadAddress,
        [82002] = FailureReason.ContentRefused,
        [82003] = FailureReason.ContentRefused,
        [90207] = FailureReason.FixConfiguration,
        [93000] = FailureReason.FixConfiguration,
        [610004] = FailureReason.BadAddress,
        [610016] = FailureReason.FixConfiguration,
        [701008] = FailureReason.FixConfiguration,
    }.ToFrozenDictionary();

    /// <summary>Whether the token is to be fetched anew and the call to be made once more.</summary>
    public static bool IsOfToken(long code) => TokenCodes.Contains(code);

    /// <summary>Why the vendor refused, and when it may be tried again.</summary>
    /// <param name="code">Not 0.</param>
    public static (FailureReason Reason, TimeSpan? RetryAfter) Reason(long code) => (
        Known.GetValueOrDefault(code, FailureReason.FixConfiguration),
        code switch
        {
            41096 => TimeSpan.FromSeconds(1), // Another app is greeting; the code is good for 20 seconds only.
            45009 => TimeSpan.FromMinutes(1),
            _ => null,
        });
}
