using System.Collections.Frozen;

namespace Automation.Connectors.Aliyun;

/// <summary>The vendor's codes as reasons. Codes that it added later fall under their family.</summary>
internal static class AliyunErrors
{
    private static readonly FrozenDictionary<string, FailureReason> Known = new Dictionary<string, FailureReason>(StringComparer.Ordinal)
    {
        ["isv.DAY_LIMIT_CONTROL"] = FailureReason.FixConfiguration,
        ["isv.MONTH_LIMIT_CONTROL"] = FailureReason.FixConfiguration,
        ["isv.MOBILE_NUMBER_ILLEGAL"] = FailureReason.BadAddress,
        ["isv.MOBILE_COUNT_OVER_LIMIT"] = FailureReason.RetryLater,
        ["isv.BLACK_KEY_CONTROL_LIMIT"] = FailureReason.ContentRefused,
        ["isv.SMS_CONTENT_ILLEGAL"] = FailureReason.ContentRefused,
        ["isv.SMS_SIGNATURE_ILLEGAL"] = FailureReason.FixConfiguration,
        ["isv.SMS_SIGN_ILLEGAL"] = FailureReason.FixConfiguration,
        ["isv.SIGN_STATE_ILLEGAL"] = FailureReason.FixConfiguration,
        ["isv.SMS_SIGNATURE_SCENE_ILLEGAL"] = FailureReason.FixConfiguration,
        ["isv.SMS_TEMPLATE_ILLEGAL"] = FailureReason.ContentRefused,
        ["isv.TEMPLATE_MISSING_PARAMETERS"] = FailureReason.ContentRefused,
        ["isv.TEMPLATE_PARAMS_ILLEGAL"] = FailureReason.ContentRefused,
        ["isv.INVALID_JSON_PARAM"] = FailureReason.ContentRefused,
        ["isv.PARAM_LENGTH_LIMIT"] = FailureReason.TooLarge,
        ["isv.INVALID_PARAMETERS"] = FailureReason.ContentRefused,
        ["isv.PARAM_NOT_SUPPORT_URL"] = FailureReason.ContentRefused,
        ["isv.EXTEND_CODE_ERROR"] = FailureReason.FixConfiguration,
        ["isv.DOMESTIC_NUMBER_NOT_SUPPORTED"] = FailureReason.ContentRefused,
        ["isv.DENY_IP_RANGE"] = FailureReason.FixConfiguration,
        ["isv.OUT_OF_SERVICE"] = FailureReason.FixConfiguration,
        ["isv.AMOUNT_NOT_ENOUGH"] = FailureReason.FixConfiguration,
        ["isv.PRODUCT_UN_SUBSCRIPT"] = FailureReason.FixConfiguration,
        ["isv.PRODUCT_UNSUBSCRIBE"] = FailureReason.FixConfiguration,
        ["isv.ACCOUNT_NOT_EXISTS"] = FailureReason.FixConfiguration,
        ["isv.ACCOUNT_ABNORMAL"] = FailureReason.FixConfiguration,
        ["isp.RAM_PERMISSION_DENY"] = FailureReason.FixConfiguration,
        ["SignatureDoesNotMatch"] = FailureReason.FixConfiguration,
        ["InvalidAccessKeyId.NotFound"] = FailureReason.FixConfiguration,
        ["InvalidTimeStamp.Expired"] = FailureReason.FixConfiguration,
        ["SignatureNonceUsed"] = FailureReason.RetryLater,
        ["isp.SYSTEM_ERROR"] = FailureReason.UnknownOutcome,
        ["ServiceUnavailable"] = FailureReason.UnknownOutcome,
        ["InternalError"] = FailureReason.UnknownOutcome,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Why a message was refused, and when it may be tried again. Unknown outcome where the vendor itself broke in the middle.</summary>
    /// <param name="code">Never <c>OK</c>.</param>
    /// <param name="message">The vendor's sentence: only it tells which flow control was hit.</param>
    public static (FailureReason Reason, TimeSpan? RetryAfter) Reason(string code, string? message)
    {
        if (code == "isv.BUSINESS_LIMIT_CONTROL")
        {
            return FlowControl(message ?? "");
        }

        if (Known.TryGetValue(code, out var known))
        {
            return (known, null);
        }

        if (code.StartsWith("Throttling", StringComparison.Ordinal))
        {
            return (FailureReason.RetryLater, null);
        }

        // An unknown code of the business is a refusal; one of the platform says nothing of the message.
        return (code.StartsWith("isv.", StringComparison.Ordinal) || code.StartsWith("Invalid", StringComparison.Ordinal)
            || code.StartsWith("Missing", StringComparison.Ordinal) || code.StartsWith("Forbidden", StringComparison.Ordinal)
                ? FailureReason.FixConfiguration
                : FailureReason.UnknownOutcome, null);
    }

    /// <summary>Whether a refusal may be one number's alone, so that the others of a batch are worth a request of their own.</summary>
    public static bool IsOfOneMessage(string code) => code == "isv.BUSINESS_LIMIT_CONTROL"
        || (Known.TryGetValue(code, out var reason) && reason is FailureReason.BadAddress or FailureReason.ContentRefused or FailureReason.TooLarge);

    // The number had its share of this minute or hour, or of the day: then this message is too late when it may go.
    private static (FailureReason Reason, TimeSpan? RetryAfter) FlowControl(string message) => message switch
    {
        _ when message.Contains("分钟", StringComparison.Ordinal) || message.Contains("minute", StringComparison.OrdinalIgnoreCase) =>
            (FailureReason.RetryLater, TimeSpan.FromMinutes(1)),
        _ when message.Contains("小时", StringComparison.Ordinal) || message.Contains("hour", StringComparison.OrdinalIgnoreCase) =>
            (FailureReason.RetryLater, TimeSpan.FromHours(1)),
        _ => (FailureReason.QuotaGone, null),
    };
}
