using System.Collections.Frozen;

namespace Automation.Connectors.TencentSms;

/// <summary>
/// The vendor's codes as reasons, of a single number and of a whole call. Codes that it added later fall under their family, the part
/// before the dot.
/// </summary>
internal static class TencentErrors
{
    private static readonly FrozenDictionary<string, FailureReason> Known = new Dictionary<string, FailureReason>(StringComparer.Ordinal)
    {
        ["FailedOperation.PhoneNumberInBlacklist"] = FailureReason.NoConsent,
        ["InvalidParameterValue.IncorrectPhoneNumber"] = FailureReason.BadAddress,
        ["LimitExceeded.PhoneNumberDailyLimit"] = FailureReason.QuotaGone,
        ["LimitExceeded.PhoneNumberSameContentDailyLimit"] = FailureReason.QuotaGone,
        ["LimitExceeded.AppDailyLimit"] = FailureReason.FixConfiguration,
        ["LimitExceeded.DailyLimit"] = FailureReason.FixConfiguration,
        ["FailedOperation.InsufficientBalanceInSmsPackage"] = FailureReason.FixConfiguration,
        ["FailedOperation.ContainSensitiveWord"] = FailureReason.ContentRefused,
        ["FailedOperation.SignatureIncorrectOrUnapproved"] = FailureReason.FixConfiguration,
        ["FailedOperation.TemplateIncorrectOrUnapproved"] = FailureReason.ContentRefused,
        ["FailedOperation.TemplateParamSetNotMatchApprovedTemplate"] = FailureReason.ContentRefused,
        ["FailedOperation.TemplateUnapprovedOrNotExist"] = FailureReason.ContentRefused,
        ["FailedOperation.MissingTemplateToModify"] = FailureReason.ContentRefused,
        ["FailedOperation.JsonParseFail"] = FailureReason.ContentRefused,
        ["FailedOperation.MarketingSendTimeConstraint"] = FailureReason.RetryLater,
        ["InvalidParameter.DirtyWordFound"] = FailureReason.ContentRefused,
        ["InvalidParameterValue.TemplateParameterFormatError"] = FailureReason.ContentRefused,
        ["InvalidParameterValue.TemplateParameterLengthLimit"] = FailureReason.TooLarge,
        ["InvalidParameterValue.ProhibitedUseUrlInTemplateParameter"] = FailureReason.ContentRefused,
        ["InvalidParameterValue.ContentLengthLimit"] = FailureReason.TooLarge,
        ["InvalidParameterValue.SdkAppIdNotExist"] = FailureReason.FixConfiguration,
        ["UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber"] = FailureReason.RetryLater,
        ["InternalError.RequestTimeException"] = FailureReason.FixConfiguration,
        ["FailedOperation"] = FailureReason.FixConfiguration,
        ["InvalidParameter"] = FailureReason.ContentRefused,
        ["InvalidParameterValue"] = FailureReason.ContentRefused,
        ["MissingParameter"] = FailureReason.ContentRefused,
        ["LimitExceeded"] = FailureReason.RetryLater,
        ["RequestLimitExceeded"] = FailureReason.RetryLater,
        ["UnauthorizedOperation"] = FailureReason.FixConfiguration,
        ["UnsupportedOperation"] = FailureReason.FixConfiguration,
        ["AuthFailure"] = FailureReason.FixConfiguration,
        ["InternalError"] = FailureReason.UnknownOutcome,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Why a message was refused, and when it may be tried again. Unknown outcome where the vendor itself broke in the middle.</summary>
    /// <param name="code">Never <c>Ok</c>.</param>
    /// <param name="now">For what is allowed only at certain hours.</param>
    public static (FailureReason Reason, TimeSpan? RetryAfter) Reason(string code, DateTimeOffset now)
    {
        var family = code.Split('.', 2)[0];
        var reason = Known.TryGetValue(code, out var exact) ? exact
            : Known.TryGetValue(family, out var general) ? general
            : FailureReason.UnknownOutcome;
        return (reason, Wait(code, now));
    }

    private static TimeSpan? Wait(string code, DateTimeOffset now) => code switch
    {
        "LimitExceeded.PhoneNumberThirtySecondLimit" => TimeSpan.FromSeconds(30),
        "LimitExceeded.PhoneNumberOneHourLimit" => TimeSpan.FromHours(1),
        "FailedOperation.MarketingSendTimeConstraint" => UntilEight(now),
        _ => null,
    };

    /// <summary>Marketing messages go from 8 to 22 o'clock in China.</summary>
    private static TimeSpan UntilEight(DateTimeOffset now)
    {
        var there = now.ToOffset(Sms.ChinaTime.Offset);
        var eight = new DateTimeOffset(there.Date.AddHours(8), Sms.ChinaTime.Offset);
        return (there < eight ? eight : eight.AddDays(1)) - now;
    }
}
