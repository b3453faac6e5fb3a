using System.Text;
using System.Text.Json;
using Automation.Connectors.Aliyun;

namespace Automation.Connectors.Tests.Aliyun;

public sealed class AliyunSmsConnectorTests : IAsyncLifetime
{
    private readonly AliyunRig _rig = new(""", "price_per_segment": 0.045 """);
    private PromiseRun _run = null!;

    public async Task InitializeAsync() => _run = await PromiseRun.StartAsync(_rig);

    public async Task DisposeAsync() => await _run.DisposeAsync();

    [Theory]
    [InlineData("isv.BUSINESS_LIMIT_CONTROL", "触发分钟级流控Permits:1", "retry_later")]
    [InlineData("isv.BUSINESS_LIMIT_CONTROL", "触发小时级流控Permits:5", "retry_later")]
    [InlineData("isv.BUSINESS_LIMIT_CONTROL", "触发天级流控Permits:10", "quota_gone")]
    [InlineData("isv.DAY_LIMIT_CONTROL", "", "fix_configuration")]
    [InlineData("isv.MONTH_LIMIT_CONTROL", "", "fix_configuration")]
    [InlineData("isv.MOBILE_NUMBER_ILLEGAL", "", "bad_address")]
    [InlineData("isv.MOBILE_COUNT_OVER_LIMIT", "", "retry_later")]
    [InlineData("isv.BLACK_KEY_CONTROL_LIMIT", "", "content_refused")]
    [InlineData("isv.SMS_CONTENT_ILLEGAL", "", "content_refused")]
    [InlineData("isv.SMS_SIGNATURE_ILLEGAL", "", "fix_configuration")]
    [InlineData("isv.SMS_SIGN_ILLEGAL", "", "fix_configuration")]
    [InlineData("isv.SIGN_STATE_ILLEGAL", "", "fix_configuration")]
    [InlineData("isv.SMS_SIGNATURE_SCENE_ILLEGAL", "", "fix_configuration")]
    [InlineData("isv.SMS_TEMPLATE_ILLEGAL", "", "content_refused")]
    [InlineData("isv.TEMPLATE_MISSING_PARAMETERS", "", "content_refused")]
    [InlineData("isv.TEMPLATE_PARAMS_ILLEGAL", "", "content_refused")]
    [InlineData("isv.INVALID_JSON_PARAM", "", "content_refused")]
    [InlineData("isv.PARAM_LENGTH_LIMIT", "", "too_large")]
    [InlineData("isv.INVALID_PARAMETERS", "", "content_refused")]
    [InlineData("isv.PARAM_NOT_SUPPORT_URL", "", "content_refused")]
    [InlineData("isv.EXTEND_CODE_ERROR", "", "fix_configuration")]
    [InlineData("isv.DOMESTIC_NUMBER_NOT_SUPPORTED", "", "content_refused")]
    [InlineData("isv.DENY_IP_RANGE", "", "fix_configuration")]
    [InlineData("isv.OUT_OF_SERVICE", "", "fix_configuration")]
    [InlineData("isv.AMOUNT_NOT_ENOUGH", "", "fix_configuration")]
    [InlineData("isv.PRODUCT_UN_SUBSCRIPT", "", "fix_configuration")]
    [InlineData("isv.PRODUCT_UNSUBSCRIBE", "", "fix_configuration")]
    [InlineData("isv.ACCOUNT_NOT_EXISTS", "", "fix_configuration")]
    [InlineData("isv.ACCOUNT_ABNORMAL", "", "fix_configuration")]
    [InlineData("isp.RAM_PERMISSION_DENY", "", "fix_configuration")]
    [InlineData("isp.SYSTEM_ERROR", "", "unknown_outcome")]
    [InlineData("ServiceUnavailable", "", "unknown_outcome")]
    [InlineData("InternalError", "", "unknown_outcome")]
    [InlineData("Throttling.User", "", "retry_later")]
    [InlineData("Throttling", "", "retry_later")]
    [InlineData("SignatureDoesNotMatch", "", "fix_configuration")]
    [InlineData("InvalidAccessKeyId.NotFound", "", "fix_configuration")]
    [InlineData("SignatureNonceUsed", "", "retry_later")]
    [InlineData("InvalidTimeStamp.Expired", "", "fix_configuration")]
    [InlineData("isv.A_CODE_OF_NEXT_YEAR", "", "fix_configuration")]
    [InlineData("SomethingElse", "", "unknown_outcome")]
    public async Task Each_code_of_the_vendor_has_its_reason(string code, string message, string reason)
    {
        _rig.Refusal = (code, message, 200);

        var result = Assert.Single(await _run.SendAsync(_rig.Message(1, "您好")));

        Assert.Equal((reason, code), (result.Reason!.Value.Code(), result.VendorCode));
    }

    [Fact]
    public async Task A_template_goes_with_its_variables_and_the_messages_own_signature()
    {
        var message = _rig.Message(1, "") with
        {
            Content = JsonElement.Parse("""{ "template": "SMS_7", "params": { "code": "1234", "count": 5 }, "sign": "商城" }"""),
        };

        Assert.Equal(SendOutcome.Accepted, (await _run.SendAsync(message))[0].Outcome);

        var form = _run.Vendor.Requests.Single().Form;
        Assert.Equal(("SMS_7", "商城", message.IdText), (form["TemplateCode"], form["SignName"], form["OutId"]));
        Assert.Equal("""{"code":"1234","count":"5"}""", form["TemplateParam"]);
    }

    [Theory]
    [InlineData("+8613900000001", "13900000001")]
    [InlineData("13900000001", "13900000001")]
    [InlineData("008613900000001", "13900000001")]
    [InlineData("+85261234567", "85261234567")]
    public async Task A_number_is_written_as_the_vendor_wants_it(string address, string number)
    {
        await _run.SendAsync(_rig.Message(1, "您好") with { To = new Address("phone", address) });

        Assert.Equal(number, _run.Vendor.Requests.Single().Form["PhoneNumbers"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("+86")]
    [InlineData("+8612345")]
    [InlineData("139-0000-0001-x")]
    public async Task What_is_no_number_fails_without_a_request(string address)
    {
        var result = Assert.Single(await _run.SendAsync(_rig.Message(1, "您好") with { To = new Address("phone", address) }));

        Assert.Equal((FailureReason.BadAddress, "not_a_number"), (result.Reason!.Value, result.VendorCode));
        Assert.Empty(_run.Vendor.Requests);
    }

    [Fact]
    public async Task Two_messages_to_one_number_go_in_two_requests()
    {
        var messages = _run.Messages(3);
        messages[2] = messages[2] with { To = messages[0].To };

        var results = await _run.SendAsync(messages);

        Assert.Equal(2, _run.Vendor.Sends);
        Assert.NotEqual(results[0].VendorMessageId, results[2].VendorMessageId);
    }

    [Fact]
    public async Task A_message_of_a_batch_is_found_by_its_template_and_time()
    {
        var batch = _run.Messages(2);
        _run.Vendor.Plan(Fault.ResetAfterTaking);
        var sentAt = _run.Clock.GetUtcNow();
        await _run.SendAsync(batch);

        var results = await _run.Connector.QueryOutcomeAsync(
            [.. batch.Select(message => new OutcomeQuery(message, null, sentAt))], CancellationToken.None);

        Assert.All(results, result => Assert.Equal(SendOutcome.Delivered, result.Outcome));
    }

    [Fact]
    public async Task A_message_that_the_list_lacks_after_ten_minutes_never_came()
    {
        var query = new OutcomeQuery(_rig.Message(1, "您好"), null, _run.Clock.GetUtcNow());

        var soon = Assert.Single(await _run.Connector.QueryOutcomeAsync([query], CancellationToken.None));
        _run.Clock.Advance(TimeSpan.FromMinutes(11));
        var later = Assert.Single(await _run.Connector.QueryOutcomeAsync([query], CancellationToken.None));

        Assert.Equal((SendOutcome.Unknown, "not_listed"), (soon.Outcome, soon.VendorCode));
        Assert.Equal((SendOutcome.Failed, FailureReason.RetryLater), (later.Outcome, later.Reason!.Value));
    }

    [Fact]
    public async Task The_vendors_own_receipt_is_read_with_its_segments_and_their_price()
    {
        var answer = await PushAsync("""
            [{"phone_number":"13811111111","send_time":"2017-01-01 00:00:00","report_time":"2017-01-01 00:00:00",
              "success":true,"err_code":"DELIVERED","err_msg":"用户接收成功","sms_size":"2","biz_id":"12345","out_id":"67890"}]
            """);

        var receipt = Assert.Single(answer.Receipts);
        Assert.Equal((null, "12345", "+8613811111111"), (receipt.MessageId, receipt.VendorMessageId, receipt.To!.Value.Value));
        Assert.Equal(new DateTimeOffset(2016, 12, 31, 16, 0, 0, TimeSpan.Zero), receipt.OccurredAt);
        Assert.Equal(new Charge(2, 0.09m, "CNY"), receipt.Charge);
        Assert.Equal((200, """{"code":0,"msg":"成功"}"""), (answer.Reply.Status, answer.Reply.Body));
    }

    [Theory]
    [InlineData("R", 2)]
    [InlineData("退订", 2)]
    [InlineData("ｔｄ！", 2)]
    [InlineData("什么时候发货？", 1)]
    public async Task A_reply_is_a_message_and_perhaps_an_opt_out(string text, int events)
    {
        var body = $$"""[{"phone_number":"13811111111","content":"{{text}}","send_time":"2017-09-01 00:00:00","dest_code":"1234","sequence_id":1234567890}]""";

        var answer = await PushAsync(body);

        Assert.Equal(events, answer.Events.Count);
        Assert.Equal((InboundEvent.MessageReceived, "reply-1234567890"), (answer.Events[0].Name, answer.Events[0].MessageId));
        Assert.Equal(("+8613811111111", text), (answer.Events[0].Identity.Value, answer.Events[0].Properties.GetProperty("text").GetString()));
        Assert.All(answer.Events.Skip(1), one => Assert.Equal(
            (InboundEvent.ConsentRevoked, "sms", "1234"),
            (one.Name, one.Properties.GetProperty("channel").GetString(), one.Properties.GetProperty("extension").GetString())));
    }

    [Fact]
    public async Task Without_a_token_callbacks_are_refused()
    {
        var open = _rig.Account(_run.Vendor.Address);
        await using var connector = new AliyunSmsConnectorFactory().Create(
            new ConnectorAccount
            {
                Key = "a", ConnectorKey = "aliyun_sms", Configuration = open.Configuration,
                Secrets = new Dictionary<string, string> { ["access_key_secret"] = AliyunRig.Secret },
            },
            _run.Services);

        var answer = await ((IReceiptHandler)connector).HandleAsync(
            _rig.ProvenCallback("[]"u8.ToArray(), default) with { Query = new Dictionary<string, string> { ["token"] = "" } }, CancellationToken.None);

        Assert.Equal(401, answer.Reply.Status);
    }

    private async Task<CallbackAnswer> PushAsync(string body) => await ((IReceiptHandler)_run.Connector).HandleAsync(
        _rig.ProvenCallback(Encoding.UTF8.GetBytes(body), _run.Clock.GetUtcNow()), CancellationToken.None);
}
