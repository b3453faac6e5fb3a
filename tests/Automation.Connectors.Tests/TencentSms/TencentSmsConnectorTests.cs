using System.Text;
using System.Text.Json;

namespace Automation.Connectors.Tests.TencentSms;

public sealed class TencentSmsConnectorTests : IAsyncLifetime
{
    private readonly TencentRig _rig = new();
    private PromiseRun _run = null!;

    public async Task InitializeAsync() => _run = await PromiseRun.StartAsync(_rig);

    public async Task DisposeAsync() => await _run.DisposeAsync();

    public static TheoryData<string, string> Codes => new()
    {
        { "FailedOperation.PhoneNumberInBlacklist", "no_consent" },
        { "InvalidParameterValue.IncorrectPhoneNumber", "bad_address" },
        { "LimitExceeded.PhoneNumberThirtySecondLimit", "retry_later" },
        { "LimitExceeded.PhoneNumberOneHourLimit", "retry_later" },
        { "LimitExceeded.PhoneNumberDailyLimit", "quota_gone" },
        { "LimitExceeded.PhoneNumberSameContentDailyLimit", "quota_gone" },
        { "LimitExceeded.DeliveryFrequencyLimit", "retry_later" },
        { "LimitExceeded.AppDailyLimit", "fix_configuration" },
        { "LimitExceeded.DailyLimit", "fix_configuration" },
        { "LimitExceeded.PhoneNumberCountLimit", "retry_later" },
        { "FailedOperation.MarketingSendTimeConstraint", "retry_later" },
        { "FailedOperation.InsufficientBalanceInSmsPackage", "fix_configuration" },
        { "UnauthorizedOperation.SerivceSuspendDueToArrears", "fix_configuration" },
        { "FailedOperation.ContainSensitiveWord", "content_refused" },
        { "InvalidParameter.DirtyWordFound", "content_refused" },
        { "FailedOperation.SignatureIncorrectOrUnapproved", "fix_configuration" },
        { "FailedOperation.TemplateIncorrectOrUnapproved", "content_refused" },
        { "InvalidParameterValue.TemplateParameterFormatError", "content_refused" },
        { "InvalidParameterValue.TemplateParameterLengthLimit", "too_large" },
        { "InvalidParameterValue.ProhibitedUseUrlInTemplateParameter", "content_refused" },
        { "InvalidParameterValue.ContentLengthLimit", "too_large" },
        { "InvalidParameterValue.SdkAppIdNotExist", "fix_configuration" },
        { "UnauthorizedOperation.SmsSdkAppIdVerifyFail", "fix_configuration" },
        { "UnauthorizedOperation.SdkAppIdIsDisabled", "fix_configuration" },
        { "UnauthorizedOperation.RequestPermissionDeny", "fix_configuration" },
        { "UnauthorizedOperation.RequestIpNotInWhitelist", "fix_configuration" },
        { "UnauthorizedOperation.IndividualUserMarketingSmsPermissionDeny", "fix_configuration" },
        { "UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber", "retry_later" },
        { "UnsupportedOperation.UnsuportedRegion", "fix_configuration" },
        { "InternalError.Timeout", "unknown_outcome" },
        { "InternalError.SendAndRecvFail", "unknown_outcome" },
        { "InternalError.OtherError", "unknown_outcome" },
        { "InternalError.UnknownError", "unknown_outcome" },
        { "InternalError", "unknown_outcome" },
        { "InternalError.RequestTimeException", "fix_configuration" },
        { "RequestLimitExceeded", "retry_later" },
        { "RequestLimitExceeded.UinLimitExceeded", "retry_later" },
        { "AuthFailure.SignatureFailure", "fix_configuration" },
        { "AuthFailure.SignatureExpire", "fix_configuration" },
        { "AuthFailure.SecretIdNotFound", "fix_configuration" },
        { "AuthFailure.InvalidAuthorization", "fix_configuration" },
        { "AuthFailure.TokenFailure", "fix_configuration" },
        { "AuthFailure.UnauthorizedOperation", "fix_configuration" },
        { "NextYear.SomethingNew", "unknown_outcome" },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Each_code_has_its_reason_for_one_number_and_for_the_call(string code, string reason)
    {
        _rig.StatusOfAll = code;
        var ofNumber = Assert.Single(await _run.SendAsync(_rig.Message(1, "您好")));
        _rig.StatusOfAll = null;
        _rig.ErrorOfCall = code;
        var ofCall = Assert.Single(await _run.SendAsync(_rig.Message(1, "您好")));

        Assert.Equal((reason, code), (ofNumber.Reason!.Value.Code(), ofNumber.VendorCode));
        Assert.Equal((reason, code), (ofCall.Reason!.Value.Code(), ofCall.VendorCode));
    }

    [Fact]
    public async Task Marketing_at_night_waits_until_eight_in_China()
    {
        _rig.StatusOfAll = "FailedOperation.MarketingSendTimeConstraint";
        _run.Clock.Advance(TimeSpan.FromHours(11)); // 23:00 UTC is 07:00 in China.

        var result = Assert.Single(await _run.SendAsync(_rig.Message(1, "您好")));

        Assert.Equal(TimeSpan.FromHours(1), result.RetryAfter);
    }

    [Fact]
    public async Task What_is_the_same_for_many_goes_in_one_request_with_its_fee()
    {
        var results = await _run.SendAsync(_run.Messages(25));

        Assert.Equal(1, _run.Vendor.Sends);
        Assert.All(results, result => Assert.Equal(new Charge(2, 0.10m, "CNY"), result.Charge));
        Assert.Equal(25, results.Select(result => result.VendorMessageId).Distinct().Count());
    }

    [Fact]
    public async Task Variables_stand_in_the_order_of_their_numbers()
    {
        var message = _rig.Message(1, "") with
        {
            Content = JsonElement.Parse("""{ "template": "77", "params": { "10": "j", "2": "b", "1": "a" } }"""),
        };

        await _run.SendAsync(message);

        var asked = _run.Vendor.Requests.Single().Json;
        Assert.Equal("""["a","b","j"]""", asked.GetProperty("TemplateParamSet").GetRawText());
        Assert.Equal(("77", "腾讯云"), (asked.GetProperty("TemplateId").GetString(), asked.GetProperty("SignName").GetString()));
    }

    [Fact]
    public async Task A_lost_answer_is_found_in_the_vendors_list_by_its_context()
    {
        var batch = _run.Messages(3);
        _run.Vendor.Plan(Fault.ResetAfterTaking);
        await _run.SendAsync(batch);

        var results = await _run.Connector.QueryOutcomeAsync(
            [.. batch.Select(message => new OutcomeQuery(message, null, _run.Clock.GetUtcNow()))], CancellationToken.None);

        Assert.All(results, result => Assert.Equal(SendOutcome.Delivered, result.Outcome));
        Assert.All(results, result => Assert.NotNull(result.VendorMessageId));
    }

    [Fact]
    public async Task A_reply_is_one_object_and_opts_out_by_its_word()
    {
        var answer = await ((IReceiptHandler)_run.Connector).HandleAsync(
            _rig.ProvenCallback(
                Encoding.UTF8.GetBytes("""{"extend":"7","mobile":"13900000001","nationcode":"86","sign":"短信签名","text":"TD","time":1457336869}"""),
                _run.Clock.GetUtcNow()),
            CancellationToken.None);

        Assert.Equal([InboundEvent.MessageReceived, InboundEvent.ConsentRevoked], answer.Events.Select(one => one.Name));
        Assert.All(answer.Events, one => Assert.Equal(("+8613900000001", 1457336869L), (one.Identity.Value, one.OccurredAt.ToUnixTimeSeconds())));
        Assert.Equal("""{"result":0,"errmsg":"OK"}""", answer.Reply.Body);
    }
}
