using System.Text;
using System.Text.Json;

namespace Automation.Connectors.Tests.WeChat;

public sealed class OfficialAccountTests : IAsyncLifetime
{
    private readonly WeChatRig _rig = new("official_account");
    private PromiseRun _run = null!;

    public async Task InitializeAsync() => _run = await PromiseRun.StartAsync(_rig);

    public async Task DisposeAsync() => await _run.DisposeAsync();

    [Fact]
    public async Task A_template_message_carries_our_id_and_where_it_leads()
    {
        var message = _rig.Message(1, "") with
        {
            Content = JsonElement.Parse("""{ "template_id": "T-9", "url": "https://s.example/", "mini_program": { "app_id": "wx1", "page": "p" }, "data": { "first": "您好" } }"""),
        };

        var result = Assert.Single(await _run.SendAsync(message));

        var asked = _run.Vendor.Requests.Last().Json;
        Assert.Equal((message.IdText, "https://s.example/"), (asked.GetProperty("client_msg_id").GetString(), asked.GetProperty("url").GetString()));
        Assert.Equal("""{"appid":"wx1","pagepath":"p"}""", asked.GetProperty("miniprogram").GetRawText());
        Assert.Equal("1864323726461255681", result.VendorMessageId);
    }

    [Theory]
    [InlineData("success", null)]
    [InlineData("failed:user block", "no_consent")]
    [InlineData("failed: user block", "no_consent")]
    [InlineData("failed: system failed", "retry_later")]
    [InlineData("failed:freq limit", "quota_gone")]
    [InlineData("", "retry_later")]
    public async Task The_vendors_receipt_is_read_whatever_its_spaces(string status, string? reason)
    {
        var answer = await SayAsync($"""
            <xml><ToUserName><![CDATA[gh_7f083739789a]]></ToUserName><FromUserName><![CDATA[oia2TjuEGTNoeX76QEjQNrcURxG8]]></FromUserName><CreateTime>1395658920</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[TEMPLATESENDJOBFINISH]]></Event><MsgID>200163836</MsgID><Status><![CDATA[{status}]]></Status></xml>
            """);

        var receipt = Assert.Single(answer.Receipts);
        Assert.Equal(("200163836", reason), (receipt.VendorMessageId, receipt.Reason?.Code()));
        Assert.Equal(1395658920, receipt.OccurredAt.ToUnixTimeSeconds());
    }

    [Theory]
    [InlineData("subscribe", "consent_granted followed")]
    [InlineData("unsubscribe", "consent_revoked unfollowed")]
    [InlineData("CLICK", "menu_clicked")]
    [InlineData("LOCATION", "")]
    public async Task Following_is_consent_and_unfollowing_takes_it_back(string name, string events)
    {
        var answer = await SayAsync($"<xml><FromUserName>o1</FromUserName><CreateTime>1395658920</CreateTime><MsgType>event</MsgType><Event>{name}</Event></xml>");

        Assert.Equal(events, string.Join(' ', answer.Events.Select(one => one.Name)));
        Assert.Equal("success", answer.Reply.Body);
    }

    private async Task<CallbackAnswer> SayAsync(string body) =>
        await ((IReceiptHandler)_run.Connector).HandleAsync(_rig.ProvenCallback(Encoding.UTF8.GetBytes(body), _run.Clock.GetUtcNow()), CancellationToken.None);
}
