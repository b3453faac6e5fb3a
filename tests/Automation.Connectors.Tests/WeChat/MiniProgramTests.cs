using System.Text;
using System.Text.Json;
using Automation.Connectors.Callbacks;
using Automation.Connectors.Tests.Callbacks;

namespace Automation.Connectors.Tests.WeChat;

public sealed class MiniProgramTests : IAsyncLifetime
{
    private readonly WeChatRig _rig = new(more: """, "quotas": { "hD-ixGOhYmUfjOnI8MCzQMPshzGVeux_2vzyvQu7O68": "offer" }, "language": "en_US" """);
    private PromiseRun _run = null!;

    public async Task InitializeAsync() => _run = await PromiseRun.StartAsync(_rig);

    public async Task DisposeAsync() => await _run.DisposeAsync();

    [Theory]
    [InlineData(43101, "quota_gone")]
    [InlineData(43107, "fix_configuration")]
    [InlineData(43108, "retry_later")]
    [InlineData(45168, "content_refused")]
    [InlineData(47003, "content_refused")]
    [InlineData(40003, "bad_address")]
    [InlineData(40037, "content_refused")]
    [InlineData(41030, "content_refused")]
    [InlineData(40001, "retry_later")]
    [InlineData(40014, "retry_later")]
    [InlineData(42001, "retry_later")]
    [InlineData(41001, "retry_later")]
    [InlineData(45009, "retry_later")]
    [InlineData(45011, "retry_later")]
    [InlineData(-1, "retry_later")]
    [InlineData(45015, "quota_gone")]
    [InlineData(45047, "quota_gone")]
    [InlineData(45072, "content_refused")]
    [InlineData(45080, "content_refused")]
    [InlineData(45081, "content_refused")]
    [InlineData(48001, "fix_configuration")]
    [InlineData(48002, "no_consent")]
    [InlineData(48004, "fix_configuration")]
    [InlineData(40036, "content_refused")]
    [InlineData(40039, "content_refused")]
    [InlineData(40165, "content_refused")]
    [InlineData(40249, "content_refused")]
    [InlineData(43004, "bad_address")]
    [InlineData(43019, "bad_address")]
    [InlineData(50005, "bad_address")]
    [InlineData(43116, "content_refused")]
    [InlineData(40013, "fix_configuration")]
    [InlineData(40125, "fix_configuration")]
    [InlineData(40164, "fix_configuration")]
    [InlineData(41002, "fix_configuration")]
    [InlineData(41004, "fix_configuration")]
    [InlineData(89503, "fix_configuration")]
    [InlineData(89506, "fix_configuration")]
    [InlineData(89507, "fix_configuration")]
    [InlineData(50004, "fix_configuration")]
    [InlineData(999999, "fix_configuration")]
    public async Task Each_code_of_the_vendor_has_its_reason(long code, string reason)
    {
        _rig.Refusal = code;

        var result = Assert.Single(await _run.SendAsync(_rig.Message(1, "您好")));

        Assert.Equal((reason, code.ToString(System.Globalization.CultureInfo.InvariantCulture)), (result.Reason!.Value.Code(), result.VendorCode));
    }

    [Fact]
    public async Task A_wrong_secret_is_a_matter_of_configuration()
    {
        var right = _rig.Account(_run.Vendor.Address);
        await using var connector = _rig.Factory.Create(
            new ConnectorAccount
            {
                Key = "a", ConnectorKey = right.ConnectorKey, Configuration = right.Configuration,
                Secrets = new Dictionary<string, string> { ["app_secret"] = "wrong" },
            },
            _run.Services);

        var result = Assert.Single(await connector.SendAsync([_rig.Message(1, "您好")], CancellationToken.None));
        var health = await connector.HealthAsync(CancellationToken.None);

        Assert.Equal((FailureReason.FixConfiguration, "40125"), (result.Reason!.Value, result.VendorCode));
        Assert.Equal((false, "fix_configuration"), (health.Healthy, health.Code));
    }

    [Fact]
    public async Task A_template_goes_as_an_object_of_fields()
    {
        var message = _rig.Message(1, "") with
        {
            Content = JsonElement.Parse("""{ "template_id": "T-1", "page": "pages/index?a=1", "data": { "thing1": "咖啡 🎁", "number2": 3 } }"""),
        };

        var result = Assert.Single(await _run.SendAsync(message));

        var asked = _run.Vendor.Requests.Last().Json;
        Assert.Equal(("T-1", "pages/index?a=1", "en_US", "formal"), (Text(asked, "template_id"), Text(asked, "page"), Text(asked, "lang"), Text(asked, "miniprogram_state")));
        Assert.Equal("""{"thing1":{"value":"咖啡 🎁"},"number2":{"value":"3"}}""", asked.GetProperty("data").GetRawText());
        Assert.Equal((SendOutcome.Accepted, "1864323726461255681"), (result.Outcome, result.VendorMessageId));
    }

    [Theory]
    [InlineData("""{ "template_id": "T-1", "data": { "thing1": "这一段话无论如何都超过了二十个字的限制啊啊啊" } }""", "field_does_not_fit")]
    [InlineData("""{ "template_id": "T-1", "data": { "thing1": "" } }""", "field_does_not_fit")]
    [InlineData("""{ "template_id": "T-1", "data": { "thing1": [1] } }""", "field_not_text")]
    [InlineData("""{ "template_id": "T-1", "data": "{}" }""", "data_missing")]
    [InlineData("""{ "page": "x" }""", "template_missing")]
    public async Task What_does_not_fit_the_template_is_refused_before_it_is_sent(string content, string code)
    {
        var result = Assert.Single(await _run.SendAsync(_rig.Message(1, "") with { Content = JsonElement.Parse(content) }));

        Assert.Equal((FailureReason.ContentRefused, code), (result.Reason!.Value, result.VendorCode));
        Assert.Empty(_run.Vendor.Requests);
    }

    [Fact]
    public async Task An_acceptance_is_a_consent_and_one_credit_of_its_template()
    {
        var answer = await SayAsync("""
            {"ToUserName":"gh_123456789abc","FromUserName":"o7esq5OI1Uej6Xixw1lA2H7XDVbc","CreateTime":"1620973045","MsgType":"event","Event":"subscribe_msg_popup_event",
             "List":[{"TemplateId":"hD-ixGOhYmUfjOnI8MCzQMPshzGVeux_2vzyvQu7O68","SubscribeStatusString":"accept","PopupScene":"0"},
                     {"TemplateId":"T-2","SubscribeStatusString":"reject","PopupScene":0}]}
            """);

        Assert.Equal(["consent_granted", "quota_added", "subscription_refused"], answer.Events.Select(one => one.Name));
        Assert.Equal(("mini_program", "offer"), (Text(answer.Events[0].Properties, "channel"), Text(answer.Events[1].Properties, "quota")));
        Assert.Equal("T-2", Text(answer.Events[2].Properties, "quota"));
        Assert.All(answer.Events, one => Assert.Equal(
            ("open_id:wx5823bf96d3bd56c7", "o7esq5OI1Uej6Xixw1lA2H7XDVbc", 1620973045L), (one.Identity.Type, one.Identity.Value, one.OccurredAt.ToUnixTimeSeconds())));
        Assert.Equal((200, "success"), (answer.Reply.Status, answer.Reply.Body));
    }

    [Fact]
    public async Task A_refusal_in_the_settings_takes_all_credits()
    {
        var answer = await SayAsync("""
            {"FromUserName":"o7","CreateTime":1625575518,"MsgType":"event","Event":"subscribe_msg_change_event","List":{"SubscribeStatusString":"reject","TemplateId":"T-2"}}
            """);

        Assert.Equal(["quota_emptied", "subscription_refused"], answer.Events.Select(one => one.Name));
    }

    [Theory]
    [InlineData("""{"FromUserName":"o7","CreateTime":"1620963428","MsgType":"event","Event":"subscribe_msg_sent_event","List":{"TemplateId":"T","MsgID":"1864323726461255680","ErrorCode":"0","ErrorStatus":"success"}}""")]
    [InlineData("""{"FromUserName":"o7","CreateTime":1620963428,"MsgType":"event","Event":"subscribe_msg_sent_event","List":[{"TemplateId":"T","MsgID":1864323726461255680,"ErrorCode":0,"ErrorStatus":"success"}]}""")]
    [InlineData("<xml><FromUserName><![CDATA[o7]]></FromUserName><CreateTime>1620963428</CreateTime><MsgType>event</MsgType><Event>subscribe_msg_sent_event</Event><SubscribeMsgSentEvent><List><TemplateId>T</TemplateId><MsgID>1864323726461255680</MsgID><ErrorCode>0</ErrorCode><ErrorStatus>success</ErrorStatus></List></SubscribeMsgSentEvent></xml>")]
    public async Task A_receipt_is_read_in_every_form_it_comes_in(string body)
    {
        var receipt = Assert.Single((await SayAsync(body)).Receipts);

        Assert.Equal(("1864323726461255680", ReceiptStatus.Delivered, 1620963428L), (receipt.VendorMessageId, receipt.Status, receipt.OccurredAt.ToUnixTimeSeconds()));
    }

    [Fact]
    public async Task What_a_person_writes_is_heard()
    {
        var answer = await SayAsync("""{"FromUserName":"o7","CreateTime":1625575518,"MsgType":"text","Content":"在吗","MsgId":23159234}""");

        var heard = Assert.Single(answer.Events);
        Assert.Equal(("message_received", "message-23159234", "mini_program_service", "在吗"), (heard.Name, heard.MessageId, Text(heard.Properties, "channel"), Text(heard.Properties, "text")));
    }

    [Fact]
    public async Task The_check_of_the_address_echoes_only_for_the_vendor()
    {
        var now = _run.Clock.GetUtcNow();
        var timestamp = now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var check = new VendorCallback
        {
            Method = "GET",
            Headers = new Dictionary<string, string>(),
            Query = new Dictionary<string, string>
            {
                ["signature"] = EncryptedCallback.Signature(EncryptedCallbackTests.Token, timestamp, "n"), ["timestamp"] = timestamp, ["nonce"] = "n", ["echostr"] = "7203",
            },
            Body = default,
            ReceivedAt = now,
        };

        Assert.Equal((200, "7203"), Reply(await HandleAsync(check)));
        Assert.Equal((401, ""), Reply(await HandleAsync(check with { Query = new Dictionary<string, string>(check.Query) { ["nonce"] = "m" } })));
        // Signed, but in clear: whoever has the key wants it used.
        Assert.Equal((401, ""), Reply(await HandleAsync(check with { Method = "POST", Body = Encoding.UTF8.GetBytes("""{"FromUserName":"o7"}""") })));
    }

    private Task<CallbackAnswer> SayAsync(string body) => HandleAsync(_rig.ProvenCallback(Encoding.UTF8.GetBytes(body), _run.Clock.GetUtcNow()));

    private async Task<CallbackAnswer> HandleAsync(VendorCallback callback) => await ((IReceiptHandler)_run.Connector).HandleAsync(callback, CancellationToken.None);

    private static (int, string) Reply(CallbackAnswer answer) => (answer.Reply.Status, answer.Reply.Body);

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
