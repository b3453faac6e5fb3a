using Automation.Connectors.Callbacks;
using Automation.Connectors.Tests.Callbacks;

namespace Automation.Connectors.Tests.WeCom;

public sealed class WeComCallbackTests : IAsyncLifetime
{
    private readonly WeComRig _rig = new();
    private PromiseRun _run = null!;

    public async Task InitializeAsync() => _run = await PromiseRun.StartAsync(_rig);

    public async Task DisposeAsync() => await _run.DisposeAsync();

    [Fact]
    public async Task The_vendors_check_of_the_address_is_answered_in_clear()
    {
        var answer = await HandleAsync(new VendorCallback
        {
            Method = "GET",
            Headers = new Dictionary<string, string>(),
            Query = new Dictionary<string, string>
            {
                ["msg_signature"] = "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3", ["timestamp"] = "1409659589", ["nonce"] = "263014780",
                ["echostr"] = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==",
            },
            Body = default,
            ReceivedAt = DateTimeOffset.FromUnixTimeSeconds(1409659590),
        });

        Assert.Equal((200, "1616140317555161061"), (answer.Reply.Status, answer.Reply.Body));
    }

    [Fact]
    public async Task The_sample_of_a_group_that_was_joined_is_an_event_of_its_customer()
    {
        _rig.Known = """
            { "errcode": 0, "group_chat": { "chat_id": "CHAT_ID", "name": "福利群", "member_list": [
              { "userid": "wmOgQhDgAAuXFJGwbve4g4iXknfOAAAA", "type": 2, "join_time": 1403610513, "state": "poster" },
              { "userid": "zhangsan", "type": 1, "join_time": 1403610513 } ] } }
            """;
        var answer = await HandleAsync(new VendorCallback
        {
            Method = "POST",
            Headers = new Dictionary<string, string>(),
            Query = new Dictionary<string, string>
            {
                ["msg_signature"] = "0f69bb39602f9569f0646e80405fa35dba3e0c12", ["timestamp"] = "1409659813", ["nonce"] = "1372623149",
            },
            Body = System.Text.Encoding.UTF8.GetBytes($"<xml><Encrypt>{GroupJoined}</Encrypt></xml>"),
            ReceivedAt = DateTimeOffset.FromUnixTimeSeconds(1409659815),
        });

        var joined = Assert.Single(answer.Events);
        Assert.Equal(("group_joined", "wmOgQhDgAAuXFJGwbve4g4iXknfOAAAA", 1403610513L), (joined.Name, joined.Identity.Value, joined.OccurredAt.ToUnixTimeSeconds()));
        Assert.Equal(("CHAT_ID", "福利群", "poster"), (Property(joined, "group_id"), Property(joined, "group_name"), Property(joined, "state")));
        Assert.Equal((200, ""), (answer.Reply.Status, answer.Reply.Body));
    }

    [Fact]
    public async Task A_customer_who_was_added_brings_the_code_of_the_greeting_and_who_they_are()
    {
        _rig.Known = """
            { "errcode": 0, "external_contact": { "external_userid": "wm1", "name": "李四", "unionid": "ozynqsulJFCZ2z1aYeS8h-nuasdAAA" },
              "follow_user": [ { "userid": "zhangsan", "tags": [ { "tag_name": "VIP" } ] } ] }
            """;
        var answer = await SayAsync("change_external_contact", "add_external_contact", "<WelcomeCode>WELCOMECODE</WelcomeCode><State>poster</State>");

        Assert.Equal(["identify", "customer_added"], answer.Events.Select(one => one.Name));
        Assert.Equal("ozynqsulJFCZ2z1aYeS8h-nuasdAAA", Property(answer.Events[0], "union_id"));
        Assert.Equal(("WELCOMECODE", "poster", "zhangsan"), (Property(answer.Events[1], "welcome_code"), Property(answer.Events[1], "state"), Property(answer.Events[1], "member")));
    }

    [Fact]
    public async Task A_greeting_does_not_wait_for_a_vendor_that_cannot_say_who_it_is()
    {
        var answer = await SayAsync("change_external_contact", "add_half_external_contact", "<WelcomeCode>W</WelcomeCode>");

        var added = Assert.Single(answer.Events);
        Assert.Equal(("customer_added", 200), (added.Name, answer.Reply.Status));
    }

    [Fact]
    public async Task Changed_tags_are_asked_for_and_come_again_when_nobody_answers()
    {
        var unanswered = await SayAsync("change_external_contact", "edit_external_contact", "");
        _rig.Known = """
            { "errcode": 0, "external_contact": { "external_userid": "wm1" },
              "follow_user": [ { "userid": "zhangsan", "tags": [ { "tag_name": "VIP" }, { "tag_name": "老客" } ] }, { "userid": "lisi", "tags": [ { "tag_name": "别人的" } ] } ] }
            """;
        var answer = await SayAsync("change_external_contact", "edit_external_contact", "");

        Assert.Equal((503, 0), (unanswered.Reply.Status, unanswered.Events.Count));
        var changed = answer.Events.Single(one => one.Name == "customer_tags_changed");
        Assert.Equal("""["VIP","\u8001\u5BA2"]""", changed.Properties.GetProperty("tags").GetRawText());
    }

    [Fact]
    public async Task A_customer_who_deletes_the_member_takes_back_consent()
    {
        var answer = await SayAsync("change_external_contact", "del_follow_user", "");

        Assert.Equal(["customer_left", "consent_revoked"], answer.Events.Select(one => one.Name));
        Assert.Equal("wecom", Property(answer.Events[1], "channel"));
    }

    [Theory]
    [InlineData("<MemChangeList><Item>wmA</Item><Item>zhangsan</Item></MemChangeList>", 1)]
    [InlineData("<MemChangeList><Item><![CDATA[wmA]]></Item></MemChangeList>", 1)]
    [InlineData("", 0)]
    public async Task Customers_who_left_a_group_are_told_by_their_ids(string list, int count)
    {
        var answer = await SayAsync("change_external_chat", "update", $"<ChatId>g-1</ChatId><UpdateDetail>del_member</UpdateDetail><QuitScene>0</QuitScene>{list}");

        Assert.Equal(count, answer.Events.Count);
        Assert.All(answer.Events, one => Assert.Equal(("group_left", "wmA", "g-1"), (one.Name, one.Identity.Value, Property(one, "group_id"))));
    }

    [Fact]
    public async Task An_older_event_without_names_counts_those_who_joined_at_its_time()
    {
        _rig.Known = """
            { "errcode": 0, "group_chat": { "member_list": [
              { "userid": "wmNew", "type": 2, "join_time": 1772366400 }, { "userid": "wmOld", "type": 2, "join_time": 1700000000 } ] } }
            """;
        var answer = await SayAsync("change_external_chat", "update", "<ChatId>g-1</ChatId><UpdateDetail>add_member</UpdateDetail>");

        Assert.Equal("wmNew", Assert.Single(answer.Events).Identity.Value);
    }

    [Fact]
    public async Task A_member_who_writes_to_the_app_is_heard()
    {
        var answer = await HandleAsync(WeComRig.Closed(
            "<xml><FromUserName>lisi</FromUserName><CreateTime>1772366400</CreateTime><MsgType>text</MsgType><Content>帮助</Content><MsgId>77</MsgId></xml>", _run.Clock.GetUtcNow()));

        var heard = Assert.Single(answer.Events);
        Assert.Equal(("message_received", "lisi", "message-77", "帮助"), (heard.Name, heard.Identity.Value, heard.MessageId, Property(heard, "text")));
    }

    [Fact]
    public async Task The_same_event_twice_has_the_same_id()
    {
        var first = await SayAsync("change_external_contact", "del_follow_user", "");
        var again = await SayAsync("change_external_contact", "del_follow_user", "");

        Assert.Equal(first.Events.Select(one => one.MessageId), again.Events.Select(one => one.MessageId));
        Assert.All(first.Events, one => Assert.InRange(one.MessageId.Length, 1, 100));
    }

    [Fact]
    public async Task Forged_old_and_misdirected_callbacks_are_refused()
    {
        var now = _run.Clock.GetUtcNow();
        const string Message = "<xml><MsgType>text</MsgType><FromUserName>a</FromUserName><Content>x</Content></xml>";
        var genuine = WeComRig.Closed(Message, now);
        VendorCallback[] forged =
        [
            genuine with { Query = new Dictionary<string, string>(genuine.Query) { ["nonce"] = "1" } },
            genuine with { ReceivedAt = now.AddHours(2) },
            WeComRig.Closed(Message, now, new EncryptedCallback(EncryptedCallbackTests.Token, EncryptedCallbackTests.Key, "ww-another-corp")),
            genuine with { Query = new Dictionary<string, string> { ["timestamp"] = genuine.Query["timestamp"], ["nonce"] = "1", ["signature"] = EncryptedCallback.Signature(EncryptedCallbackTests.Token, genuine.Query["timestamp"], "1") } },
        ];

        foreach (var callback in forged)
        {
            var answer = await HandleAsync(callback);
            Assert.Equal((401, 0), (answer.Reply.Status, answer.Events.Count));
        }
    }

    private async Task<CallbackAnswer> SayAsync(string name, string change, string more) => await HandleAsync(WeComRig.Closed(
        $"<xml><FromUserName>sys</FromUserName><CreateTime>1772366400</CreateTime><MsgType>event</MsgType><Event>{name}</Event><ChangeType>{change}</ChangeType><UserID>zhangsan</UserID><ExternalUserID>wm1</ExternalUserID>{more}</xml>",
        _run.Clock.GetUtcNow()));

    private async Task<CallbackAnswer> HandleAsync(VendorCallback callback) =>
        await ((IReceiptHandler)_run.Connector).HandleAsync(callback, CancellationToken.None);

    private static string? Property(InboundEvent one, string name) => one.Properties.GetProperty(name).GetString();

    private const string GroupJoined =
        "sKqRbbiSUnDhFHOvPjtUMXfSObVQBYwgo0bOBlyBJd7iwj9Hc7ddSL0NuE1Ojzg26Vp4zgATVbkQg/hWRTq4AYlyaWpiqw1/fbr2fWWLwIiEMHkdVoQZcqr8g7mo17+WNhjJI+ApV97ZoRSWGtJdZzRfpTPKkntrR4FHBPtzkyRcDHpoo1TNqSdFxrYTJlDkH+MRw6QYQKQi4e85SIpOKJY6EX75ZY2Oq3jwtdh7irANq/m5BQOAy6fU2g28dU23uRbijFSB1GhjjO+0HJ20Q7oznxY1y0KESFWrNfZNCrnRZGifLJTEK9C08dflYHj2+esi1dNMBjjUoYVWrc6gfwsydSd99++RYz3xfHWcYWti0K0B5AxfgskYHF/lpjEq+1hF1Km0g6bfsbdMCS3minmBhOdrQ8qlOCN+ERWRf7Pd42Clc/15km4aGl2uzCGVZlWsUl0f6uBDa8kXQGWb2mksvya1loLblDbfA0vJSOaXlEyi7Xe6ZKIs4s0gLT7Q8SBzJ1XZs/ESWYj7AFKArdOOLrCV7EFiPsuEyZuSCIj4uwQG+xlKIhIs31wScCLmJUVj4jC2YPGnt8ZiMxUZLBdi2yxE3/THu32Q6qTkxa1irDJ5vTXmF5d0rnU/CQnsLvIxPMkh1MkpMZPvUUvvg+nazBnVPnC+for9nAS23LjDB52AnEXPo07s4KlZ2bGLtZQuTkArc39dTzu3tJLDxOSgSfyneOjdGr+7Rz4SyxV/pzlvcdP7vDCapMiP6W3gB/iyLQWY0hRJr2c6j4yzOhFmRfAoZb5KJSOkb3KzOpr0zYk2Ov21dp75PmABnYK2+GImRGIt8lhvnLEyIdM3W1biXGXRVLD46H56Aczqx1XPOrZsEfy8gicUFSoYJNDn";
}
