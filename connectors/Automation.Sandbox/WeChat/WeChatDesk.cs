using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace Automation.Sandbox.WeChat;

/// <summary>A mini-program, or an official account, as the documentation describes them: tokens, credits, followers, receipts by callback.</summary>
internal sealed class WeChatDesk(SandboxOptions options, Phones phones, Hooks hooks, string account) : IVendorDesk
{
    private const int ServiceMessagesMax = 5;

    private static readonly TimeSpan ServiceTime = TimeSpan.FromHours(48);

    private readonly TimeProvider _time = options.Time;
    private readonly Tokens _tokens = new(options.Time);
    private readonly string _app = account == SandboxAccounts.OfficialAccount ? SandboxAccounts.OfficialApp : SandboxAccounts.MiniProgramApp;
    private readonly Envelope _envelope = new(account == SandboxAccounts.OfficialAccount ? SandboxAccounts.OfficialApp : SandboxAccounts.MiniProgramApp, options.Time);
    private readonly ConcurrentDictionary<(string OpenId, string Template), int> _credits = new();
    private readonly ConcurrentDictionary<string, byte> _followers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (int Left, DateTimeOffset Until)> _conversations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _clientIds = new(StringComparer.Ordinal);
    private long _messages = 1_864_323_726_461_255_680;

    public Plan Plan { get; } = new();

    public int TokensAsked => _tokens.Asked;

    public bool Sends(SandboxRequest request) => Call(request) != "stable_token";

    public SandboxReply Busy() => Code(45009);

    public SandboxReply Broken() => Code(-1);

    public void ExpireTokens() => _tokens.Expire();

    public SandboxReply Answer(SandboxRequest request)
    {
        try
        {
            var asked = request.Json;
            return Call(request) switch
            {
                "stable_token" => Token(asked),
                _ when !_tokens.IsGood(_app, request.Query.GetValueOrDefault("access_token")) => Code(40001),
                "message/subscribe/send" when account == SandboxAccounts.MiniProgram => Subscription(asked),
                "message/custom/send" => Service(asked),
                "message/template/send" when account == SandboxAccounts.OfficialAccount => Template(asked),
                _ => Code(48001),
            };
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return Code(47001);
        }
    }

    public int Credits(string openId, string template) => _credits.GetValueOrDefault((openId, template));

    /// <summary>The person is asked and answers; the vendor tells.</summary>
    public void Ask(string openId, string template, bool accepts)
    {
        if (accepts)
        {
            _credits.AddOrUpdate((openId, template), 1, (_, had) => had + 1);
        }
        Tell(openId, new
        {
            Event = "subscribe_msg_popup_event",
            List = new { TemplateId = template, SubscribeStatusString = accepts ? "accept" : "reject", PopupScene = "0" },
        });
    }

    /// <summary>The person refuses in the settings; the vendor tells.</summary>
    public void Refuse(string openId, string template)
    {
        _credits[(openId, template)] = 0;
        Tell(openId, new { Event = "subscribe_msg_change_event", List = new { TemplateId = template, SubscribeStatusString = "reject" } });
    }

    /// <summary>The person uses up a credit elsewhere, and nobody tells.</summary>
    public void Spend(string openId, string template) => _credits[(openId, template)] = 0;

    /// <summary>The person follows, or no longer; the vendor tells.</summary>
    public void Follow(string openId, bool follows)
    {
        if (follows)
        {
            _followers.TryAdd(openId, 0);
        }
        else
        {
            _followers.TryRemove(openId, out _);
        }
        Tell(openId, new { Event = follows ? "subscribe" : "unsubscribe", EventKey = "" });
    }

    /// <summary>The person writes, which opens 48 hours for answers; the vendor tells.</summary>
    public void Write(string openId, string text)
    {
        _conversations[openId] = (ServiceMessagesMax, _time.GetUtcNow() + ServiceTime);
        Tell(openId, new { MsgType = "text", Content = text, MsgId = NextId() });
    }

    private static string Call(SandboxRequest request) => request.Path.Split("/cgi-bin/", 2) is [_, var call] ? call : "";

    private SandboxReply Token(JsonElement asked)
    {
        if (Text(asked, "appid") != _app)
        {
            return Code(40013);
        }
        if (Text(asked, "secret") != SandboxAccounts.WeChatSecret)
        {
            return Code(40125);
        }
        var (token, seconds) = _tokens.Get(_app);
        return SandboxReply.Json(new { access_token = token, expires_in = seconds });
    }

    private SandboxReply Subscription(JsonElement asked)
    {
        var (to, template) = (Text(asked, "touser"), Text(asked, "template_id"));
        if (Values(asked) is not { } values)
        {
            return Code(47003);
        }
        if (!options.EverybodyIsThere)
        {
            var has = _credits.TryGetValue((to, template), out var credits) && credits > 0 && _credits.TryUpdate((to, template), credits - 1, credits);
            if (!has)
            {
                return Code(43101);
            }
        }
        var id = NextId();
        var fate = Plan.TakeFate();
        if (fate.Code is null)
        {
            phones.Show(account, "subscription", to, template, values, _time.GetUtcNow());
        }
        Tell(
            to,
            new
            {
                Event = "subscribe_msg_sent_event",
                List = new { TemplateId = template, MsgID = id, ErrorCode = fate.Code ?? "0", ErrorStatus = fate.Code is null ? "success" : "failed" },
            },
            fate.Receipts);
        return SandboxReply.Text($$"""{ "errcode": 0, "errmsg": "ok", "msgid": {{id}} }""");
    }

    private SandboxReply Service(JsonElement asked)
    {
        var to = Text(asked, "touser");
        var isOpen = _conversations.TryGetValue(to, out var open) && open.Until > _time.GetUtcNow();
        if (!isOpen && !options.EverybodyIsThere)
        {
            return Code(45015);
        }
        if (isOpen && open.Left == 0)
        {
            return Code(45047);
        }
        if (isOpen)
        {
            _conversations[to] = (open.Left - 1, open.Until);
        }
        var body = asked.GetProperty(Text(asked, "msgtype"));
        phones.Show(account, "service", to, "客服", Text(body, "content") is { Length: > 0 } text ? text : body.GetRawText(), _time.GetUtcNow());
        return Code(0);
    }

    private SandboxReply Template(JsonElement asked)
    {
        var to = Text(asked, "touser");
        if (!options.EverybodyIsThere && !_followers.ContainsKey(to))
        {
            return Code(43004);
        }
        if (Values(asked) is not { } values)
        {
            return Code(47003);
        }
        // The same person and client id get a message once.
        var clientId = $"{to} {Text(asked, "client_msg_id")}";
        var id = NextId();
        var known = clientId.EndsWith(' ') ? id : _clientIds.GetOrAdd(clientId, id);
        if (known == id)
        {
            var fate = Plan.TakeFate();
            if (fate.Code is null)
            {
                phones.Show(account, "template", to, Text(asked, "template_id"), values, _time.GetUtcNow());
            }
            Tell(to, new { Event = "TEMPLATESENDJOBFINISH", MsgID = id, Status = fate.Code ?? "success" }, fate.Receipts);
        }
        return SandboxReply.Text($$"""{ "errcode": 0, "errmsg": "ok", "msgid": {{known}} }""");
    }

    /// <summary>What the person reads; null where a field does not fit its kind.</summary>
    private static string? Values(JsonElement asked)
    {
        var data = asked.GetProperty("data");
        if (data.ValueKind != JsonValueKind.Object)
        {
            return null;
        }
        var values = data.EnumerateObject().Select(field => (field.Name, Value: Text(field.Value, "value"))).ToArray();
        return values.Any(field => field.Value.Length == 0 || (field.Name.StartsWith("thing", StringComparison.Ordinal) && field.Value.EnumerateRunes().Count() > 20))
            ? null
            : string.Join('\n', values.Select(field => field.Value));
    }

    private void Tell(string openId, object what, int times = 1)
    {
        var fields = JsonSerializer.SerializeToNode(what)!.AsObject();
        fields["ToUserName"] = "gh_sandbox";
        fields["FromUserName"] = openId;
        fields["CreateTime"] = _time.GetUtcNow().ToUnixTimeSeconds();
        fields["MsgType"] ??= "event";
        var (query, encrypted) = _envelope.Close(fields.ToJsonString());
        hooks.Post(account, query, JsonSerializer.Serialize(new { ToUserName = "gh_sandbox", Encrypt = encrypted }), "application/json", times);
    }

    private string NextId() => Interlocked.Increment(ref _messages).ToString(CultureInfo.InvariantCulture);

    private static string Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static SandboxReply Code(long code) => SandboxReply.Json(new { errcode = code, errmsg = code == 0 ? "ok" : "sandbox" });
}
