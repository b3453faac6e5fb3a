using System.Text.Json;

namespace Automation.Connectors.Tests.WeCom;

public sealed class WeComConnectorTests : IAsyncLifetime
{
    private readonly WeComRig _rig = new();
    private PromiseRun _run = null!;

    public async Task InitializeAsync() => _run = await PromiseRun.StartAsync(_rig);

    public async Task DisposeAsync() => await _run.DisposeAsync();

    [Theory]
    [InlineData(-1, "retry_later")]
    [InlineData(6000, "retry_later")]
    [InlineData(40001, "fix_configuration")]
    [InlineData(40091, "fix_configuration")]
    [InlineData(40013, "fix_configuration")]
    [InlineData(40014, "retry_later")]
    [InlineData(42001, "retry_later")]
    [InlineData(41001, "retry_later")]
    [InlineData(40003, "bad_address")]
    [InlineData(60111, "bad_address")]
    [InlineData(46004, "bad_address")]
    [InlineData(40031, "bad_address")]
    [InlineData(40032, "bad_address")]
    [InlineData(40033, "content_refused")]
    [InlineData(40035, "content_refused")]
    [InlineData(40058, "content_refused")]
    [InlineData(40063, "content_refused")]
    [InlineData(40056, "fix_configuration")]
    [InlineData(301002, "fix_configuration")]
    [InlineData(50003, "fix_configuration")]
    [InlineData(40096, "bad_address")]
    [InlineData(84061, "bad_address")]
    [InlineData(84074, "fix_configuration")]
    [InlineData(41046, "content_refused")]
    [InlineData(41047, "content_refused")]
    [InlineData(41048, "bad_address")]
    [InlineData(41050, "quota_gone")]
    [InlineData(41051, "quota_gone")]
    [InlineData(41053, "no_consent")]
    [InlineData(41096, "retry_later")]
    [InlineData(41054, "fix_configuration")]
    [InlineData(41063, "retry_later")]
    [InlineData(41064, "too_large")]
    [InlineData(41065, "content_refused")]
    [InlineData(44004, "content_refused")]
    [InlineData(45002, "too_large")]
    [InlineData(45009, "retry_later")]
    [InlineData(45033, "retry_later")]
    [InlineData(48002, "fix_configuration")]
    [InlineData(48004, "fix_configuration")]
    [InlineData(48005, "fix_configuration")]
    [InlineData(48006, "fix_configuration")]
    [InlineData(49008, "bad_address")]
    [InlineData(50002, "bad_address")]
    [InlineData(60011, "bad_address")]
    [InlineData(60021, "bad_address")]
    [InlineData(50100, "retry_later")]
    [InlineData(60020, "fix_configuration")]
    [InlineData(81013, "bad_address")]
    [InlineData(82001, "bad_address")]
    [InlineData(82002, "content_refused")]
    [InlineData(82003, "content_refused")]
    [InlineData(90207, "fix_configuration")]
    [InlineData(610004, "bad_address")]
    [InlineData(610016, "fix_configuration")]
    [InlineData(701008, "fix_configuration")]
    [InlineData(999999, "fix_configuration")]
    public async Task Each_code_of_the_vendor_has_its_reason(long code, string reason)
    {
        _rig.Refusal = code;

        var result = Assert.Single(await _run.SendAsync(_rig.Message(1, "您好")));

        Assert.Equal((reason, code.ToString(System.Globalization.CultureInfo.InvariantCulture)), (result.Reason!.Value.Code(), result.VendorCode));
    }

    [Fact]
    public async Task What_many_customers_are_told_is_one_task_of_one_member()
    {
        var batch = _run.Messages(30);
        batch[29] = _rig.Message(30, "别的话");

        var results = await _run.SendAsync(batch);

        Assert.Equal(2, _run.Vendor.Sends);
        Assert.All(results, result => Assert.Equal((SendOutcome.Accepted, "waiting_for_member"), (result.Outcome, result.Stage)));
        Assert.Single(results.Take(29).Select(result => result.VendorMessageId).Distinct());
    }

    [Theory]
    [InlineData(1, SendOutcome.Delivered, null, null)]
    [InlineData(2, SendOutcome.Failed, FailureReason.BadAddress, "not_a_friend")]
    [InlineData(3, SendOutcome.Failed, FailureReason.QuotaGone, "over_the_limit")]
    [InlineData(0, SendOutcome.Accepted, null, null)]
    public async Task A_tasks_word_is_the_messages_outcome(int status, SendOutcome outcome, FailureReason? reason, string? code)
    {
        var (query, sent) = await TaskAsync();
        _rig.Statuses[query.Message.To.Value] = status;

        var result = Assert.Single(await _run.Connector.QueryOutcomeAsync([query], CancellationToken.None));

        Assert.Equal((outcome, reason, code), (result.Outcome, result.Reason, result.VendorCode));
        Assert.Equal(status == 0 ? "waiting_for_member" : null, result.Stage);
        Assert.Equal(query.VendorMessageId, sent.VendorMessageId);
    }

    [Fact]
    public async Task A_member_is_reminded_once_and_a_task_that_lies_too_long_is_cancelled()
    {
        var (query, _) = await TaskAsync();

        _run.Clock.Advance(TimeSpan.FromHours(5));
        Assert.Equal("reminded", (await AskAsync(query)).Stage);
        Assert.Equal("reminded", (await AskAsync(query)).Stage);
        Assert.Equal(1, Requests("remind_groupmsg_send"));
        _run.Clock.Advance(TimeSpan.FromHours(41));
        var expired = await AskAsync(query);

        Assert.Equal((SendOutcome.Failed, "expired"), (expired.Outcome, expired.VendorCode));
        Assert.Equal(1, Requests("cancel_groupmsg_send"));
    }

    [Fact]
    public async Task A_task_is_asked_about_once_however_many_customers_it_has()
    {
        var batch = _run.Messages(20);
        var results = await _run.SendAsync(batch);
        _rig.Statuses[batch[3].To.Value] = 1;

        var answers = await _run.Connector.QueryOutcomeAsync(
            [.. batch.Select((message, i) => new OutcomeQuery(message, results[i].VendorMessageId, _run.Clock.GetUtcNow()))], CancellationToken.None);

        Assert.Equal(SendOutcome.Delivered, answers[3].Outcome);
        Assert.Equal((1, 1), (Requests("get_groupmsg_task"), Requests("get_groupmsg_send_result")));
    }

    [Fact]
    public async Task Pictures_links_and_cards_are_attached()
    {
        var content = """
            { "text": "看这里", "image": "https://p.example/1.png", "title": "新品", "url": "https://s.example/", "sender": "zhangsan",
              "mini_program": { "app_id": "wx1", "page": "pages/index?x=1", "title": "小程序", "cover": "media-1" } }
            """;

        await _run.SendAsync(_rig.Message(1, "") with { Content = JsonElement.Parse(content) });

        var asked = _run.Vendor.Requests.Last().Json;
        Assert.Equal("zhangsan", asked.GetProperty("sender").GetString());
        Assert.Equal(["image", "link", "miniprogram"], asked.GetProperty("attachments").EnumerateArray().Select(one => one.GetProperty("msgtype").GetString()!));
        Assert.Equal("pages/index.html?x=1", asked.GetProperty("attachments")[2].GetProperty("miniprogram").GetProperty("page").GetString());
    }

    [Fact]
    public async Task A_channel_without_its_secret_says_so_and_sends_nothing()
    {
        var whole = _rig.Account(_run.Vendor.Address);
        await using var connector = _rig.Factory.Create(
            new ConnectorAccount
            {
                Key = "a", ConnectorKey = "wecom", Configuration = whole.Configuration, Secrets = new Dictionary<string, string> { ["robot_key"] = WeComRig.RobotKey },
            },
            _run.Services);

        var result = Assert.Single(await connector.SendAsync([_rig.Message(1, "您好")], CancellationToken.None));

        Assert.Equal((FailureReason.FixConfiguration, "secret_missing"), (result.Reason!.Value, result.VendorCode));
        Assert.Empty(_run.Vendor.Requests);
    }

    [Fact]
    public async Task A_greeting_without_a_code_is_too_late()
    {
        var result = Assert.Single(await _run.SendAsync(_rig.Message(1, "您好") with { Channel = "wecom_welcome" }));

        Assert.Equal((FailureReason.QuotaGone, "welcome_code_missing"), (result.Reason!.Value, result.VendorCode));
    }

    private async Task<(OutcomeQuery Query, SendResult Sent)> TaskAsync()
    {
        var message = _rig.Message(1, "您好");
        var sent = Assert.Single(await _run.SendAsync(message));
        return (new OutcomeQuery(message, sent.VendorMessageId, _run.Clock.GetUtcNow()), sent);
    }

    private async Task<SendResult> AskAsync(OutcomeQuery query) => Assert.Single(await _run.Connector.QueryOutcomeAsync([query], CancellationToken.None));

    private int Requests(string path) => _run.Vendor.Requests.Count(request => request.Path.EndsWith(path, StringComparison.Ordinal));
}
