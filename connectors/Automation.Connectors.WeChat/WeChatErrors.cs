using System.Collections.Frozen;

namespace Automation.Connectors.WeChat;

/// <summary>The vendor's codes as reasons, of mini-programs and official accounts together: where both have a code, it means the same.</summary>
internal static class WeChatErrors
{
    private static readonly FrozenSet<long> TokenCodes = new long[] { 40001, 40014, 42001, 41001 }.ToFrozenSet();

    // What is wrong with one template is content: a wrong configuration would hold the messages of all templates.
    private static readonly FrozenDictionary<long, FailureReason> Known = new Dictionary<long, FailureReason>
    {
        [-1] = FailureReason.RetryLater,
        [40001] = FailureReason.RetryLater,
        [40014] = FailureReason.RetryLater,
        [42001] = FailureReason.RetryLater,
        [41001] = FailureReason.RetryLater,
        [40003] = FailureReason.BadAddress,
        [40013] = FailureReason.FixConfiguration,
        [40125] = FailureReason.FixConfiguration,
        [40164] = FailureReason.FixConfiguration,
        [41002] = FailureReason.FixConfiguration,
        [41004] = FailureReason.FixConfiguration,
        [89503] = FailureReason.FixConfiguration,
        [89506] = FailureReason.FixConfiguration,
        [89507] = FailureReason.FixConfiguration,
        [50004] = FailureReason.FixConfiguration,
        [40036] = FailureReason.ContentRefused,
        [40037] = FailureReason.ContentRefused,
        [40039] = FailureReason.ContentRefused,
        [40165] = FailureReason.ContentRefused,
        [40249] = FailureReason.ContentRefused,
        [41030] = FailureReason.ContentRefused,
        [43004] = FailureReason.BadAddress,
        [43019] = FailureReason.BadAddress,
        [43101] = FailureReason.QuotaGone,
        [43107] = FailureReason.FixConfiguration,
        [43108] = FailureReason.RetryLater,
        [43116] = FailureReason.ContentRefused,
        [45009] = FailureReason.RetryLater,
        [45011] = FailureReason.RetryLater,
        [45015] = FailureReason.QuotaGone,
        [45047] = FailureReason.QuotaGone,
        [45072] = FailureReason.ContentRefused,
        [45080] = FailureReason.ContentRefused,
        [45081] = FailureReason.ContentRefused,
        [45168] = FailureReason.ContentRefused,
        [47003] = FailureReason.ContentRefused,
        [48001] = FailureReason.FixConfiguration,
        [48002] = FailureReason.NoConsent,
        [48004] = FailureReason.FixConfiguration,
        [50005] = FailureReason.BadAddress,
    }.ToFrozenDictionary();

    /// <summary>Whether the token is to be fetched anew and the call to be made once more.</summary>
    public static bool IsOfToken(long code) => TokenCodes.Contains(code);

    /// <summary>Why the vendor refused, and when it may be tried again.</summary>
    /// <param name="code">Not 0.</param>
    public static (FailureReason Reason, TimeSpan? RetryAfter) Reason(long code) => (
        Known.GetValueOrDefault(code, FailureReason.FixConfiguration),
        code switch
        {
            43108 => TimeSpan.FromSeconds(1),
            45009 or 45011 => TimeSpan.FromMinutes(1),
            _ => null,
        });
}
