using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Automation.Sandbox.WeCom;

/// <summary>WeCom, as its documentation describes it: tokens, app messages, tasks that members confirm, greetings, robots, customers and groups.</summary>
internal sealed class WeComDesk(SandboxOptions options, Phones phones, Hooks hooks) : IVendorDesk
{
    private const int RobotPerMinute = 20;

    private static readonly TimeSpan WelcomeTime = TimeSpan.FromSeconds(20);

    private readonly TimeProvider _time = options.Time;
    private readonly Tokens _tokens = new(options.Time);
    private readonly Envelope _envelope = new(SandboxAccounts.CorpId, options.Time);
    private readonly ConcurrentDictionary<string, (string Customer, DateTimeOffset At)> _welcomes = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<DateTimeOffset> _robot = new();
    private int _count;

    public Plan Plan { get; } = new();

    public int TokensAsked => _tokens.Asked;

    public WeComBook Book { get; } = new();

    public MassTasks Tasks => field ??= new MassTasks(options, Book, phones);

    private WeComLists Lists => field ??= new WeComLists(Book);

    public bool Sends(SandboxRequest request) => Call(request) is "message/send" or "externalcontact/add_msg_template"
        or "externalcontact/send_welcome_msg" or "webhook/send";

    public SandboxReply Busy() => Code(45009);

    public SandboxReply Broken() => Code(-1);

    public void ExpireTokens() => _tokens.Expire();

    public SandboxReply Answer(SandboxRequest request)
    {
        var call = Call(request);
        try
        {
            if (call is "gettoken" or "webhook/send")
            {
                return call == "gettoken" ? Token(request) : Robot(request);
            }
            var secret = SecretOf(request);
            return call switch
            {
                _ when secret is null => Code(42001),
                _ when Encoding.UTF8.GetString(request.Body).Contains("\\u", StringComparison.Ordinal) => Code(40033),
                "message/send" => secret == SandboxAccounts.AppSecret ? App(request.Json) : Code(48002),
                _ when secret != SandboxAccounts.ContactSecret => Code(48002),
                _ => Contact(call, request),
            };
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return Code(40058);
        }
    }

    /// <summary>A customer adds a member, and the vendor tells.</summary>
    /// <returns>The code with which they can be greeted for 20 seconds.</returns>
    public string Add(string customer, string name, string? unionId, string member)
    {
        Book.Members.TryAdd(member, 0);
        Book.Customers.GetOrAdd(customer, id => new Customer(id, name, unionId)).Members[member] = [];
        var code = $"welcome-{Guid.NewGuid():N}";
        _welcomes[code] = (customer, _time.GetUtcNow());
        Tell("change_external_contact", "add_external_contact", $"<UserID>{member}</UserID><ExternalUserID>{customer}</ExternalUserID><WelcomeCode>{code}</WelcomeCode>");
        return code;
    }

    /// <summary>A customer joins a group, and the vendor tells.</summary>
    public void Join(string group, string name, string customer)
    {
        Book.Groups.GetOrAdd(group, id => new CustomerGroup(id, name, "zhangsan")).Customers[customer] = _time.GetUtcNow();
        Tell(
            "change_external_chat", "update",
            $"<ChatId>{group}</ChatId><UpdateDetail>add_member</UpdateDetail><JoinScene>3</JoinScene><MemChangeCnt>1</MemChangeCnt><MemChangeList><Item>{customer}</Item></MemChangeList>");
    }

    /// <summary>A customer deletes the member, and the vendor tells.</summary>
    public void Leave(string customer, string member)
    {
        if (Book.Customers.TryGetValue(customer, out var known))
        {
            known.Members.TryRemove(member, out _);
        }
        Tell("change_external_contact", "del_follow_user", $"<UserID>{member}</UserID><ExternalUserID>{customer}</ExternalUserID>");
    }

    private static string Call(SandboxRequest request) =>
        request.Path.Split("/cgi-bin/", 2) is [_, var call] ? call : "";

    private SandboxReply Token(SandboxRequest request)
    {
        if (request.Query.GetValueOrDefault("corpid") != SandboxAccounts.CorpId)
        {
            return Code(40013);
        }
        var secret = request.Query.GetValueOrDefault("corpsecret");
        if (secret is not (SandboxAccounts.ContactSecret or SandboxAccounts.AppSecret))
        {
            return Code(40001);
        }
        var (token, seconds) = _tokens.Get(secret);
        return SandboxReply.Json(new { errcode = 0, errmsg = "ok", access_token = token, expires_in = seconds });
    }

    private string? SecretOf(SandboxRequest request)
    {
        var token = request.Query.GetValueOrDefault("access_token");
        return new[] { SandboxAccounts.ContactSecret, SandboxAccounts.AppSecret }.FirstOrDefault(secret => _tokens.IsGood(secret, token));
    }

    private SandboxReply Contact(string call, SandboxRequest request) => call switch
    {
        "externalcontact/add_msg_template" => Task(request.Json),
        "externalcontact/get_groupmsg_task" => Tasks.Find(Text(request.Json, "msgid")) is { } task
            ? SandboxReply.Json(new { errcode = 0, errmsg = "ok", task_list = new[] { new { userid = task.Member, status = task.ConfirmedAt is null ? 0 : 2 } } })
            : Code(41047),
        "externalcontact/get_groupmsg_send_result" => Tasks.Find(Text(request.Json, "msgid")) is { } task ? Results(task) : Code(41047),
        "externalcontact/remind_groupmsg_send" => Tasks.Find(Text(request.Json, "msgid")) is { } task ? Code(++task.Reminders > 3 ? 45009 : 0) : Code(41047),
        "externalcontact/cancel_groupmsg_send" => Cancel(Text(request.Json, "msgid")),
        "externalcontact/send_welcome_msg" => Welcome(request.Json),
        "externalcontact/get" => Lists.Customer(request.Query.GetValueOrDefault("external_userid") ?? "") ?? Code(84061),
        "externalcontact/get_follow_user_list" => Lists.Members(),
        "externalcontact/list" => Lists.CustomersOf(request.Query.GetValueOrDefault("userid") ?? "") ?? Code(84061),
        "externalcontact/batch/get_by_user" => Lists.CustomersInFull(request.Json),
        "externalcontact/groupchat/list" => Lists.Groups(request.Json),
        "externalcontact/groupchat/get" => Lists.Group(Text(request.Json, "chat_id")) ?? Code(49008),
        _ => Code(40066),
    };

    private SandboxReply App(JsonElement asked)
    {
        if (asked.GetProperty("agentid").GetInt32() != SandboxAccounts.AgentId)
        {
            return Code(40056);
        }
        var type = Text(asked, "msgtype");
        var body = asked.GetProperty(type);
        var text = type == "textcard" ? $"{Text(body, "title")}\n{Text(body, "description")}" : Text(body, "content");
        if (text.Length == 0)
        {
            return Code(44004);
        }
        if (Encoding.UTF8.GetByteCount(text) > 2_048)
        {
            return Code(45002);
        }
        var members = Text(asked, "touser").Split('|');
        var there = members.Where(member => options.EverybodyIsThere || Book.Members.ContainsKey(member)).ToArray();
        foreach (var member in there)
        {
            phones.Show(SandboxAccounts.WeCom, "app", member, "应用消息", text, _time.GetUtcNow());
        }
        return there.Length == 0
            ? Code(81013)
            : SandboxReply.Json(new { errcode = 0, errmsg = "ok", invaliduser = string.Join('|', members.Except(there)).ToLowerInvariant(), msgid = NextId() });
    }

    private SandboxReply Task(JsonElement asked)
    {
        var isGroup = Text(asked, "chat_type") == "group";
        var sender = Text(asked, "sender");
        var to = Texts(asked, isGroup ? "chat_id_list" : "external_userid");
        var text = Text(asked.TryGetProperty("text", out var given) ? given : default, "content");
        if (Encoding.UTF8.GetByteCount(text) > 4_000)
        {
            return Code(45002);
        }
        if (text.Length == 0 && !asked.TryGetProperty("attachments", out _))
        {
            return Code(44004);
        }
        if (to.Length > (isGroup ? 2_000 : 10_000) || (isGroup && sender.Length == 0))
        {
            return Code(40058);
        }
        if (isGroup && to.Length == 0)
        {
            to = [.. Book.Groups.Values.Where(group => group.Owner == sender).Select(group => group.Id)];
        }
        var known = to.Where(one => options.EverybodyIsThere || (isGroup ? Book.Groups.ContainsKey(one) : Book.Customers.ContainsKey(one))).ToArray();
        if (known.Length == 0)
        {
            return Code(41048);
        }
        var shown = text.Length > 0 ? text : asked.GetProperty("attachments").GetRawText();
        var task = Tasks.Create(sender.Length > 0 ? sender : "zhangsan", isGroup, known, shown);
        return SandboxReply.Json(new { errcode = 0, errmsg = "ok", fail_list = to.Except(known).ToArray(), msgid = task.Id });
    }

    private static SandboxReply Results(MassTask task) => SandboxReply.Json(new
    {
        errcode = 0,
        errmsg = "ok",
        send_list = task.To
            .Where(to => !task.IsGroup || task.Statuses.GetValueOrDefault(to) == 1) // Of groups only those are told to which it was sent.
            .Select(to => new Dictionary<string, object>
            {
                [task.IsGroup ? "chat_id" : "external_userid"] = to, ["userid"] = task.Member, ["status"] = task.Statuses.GetValueOrDefault(to),
            }),
    });

    private SandboxReply Cancel(string id)
    {
        if (Tasks.Find(id) is not { } task)
        {
            return Code(41047);
        }
        if (task.ConfirmedAt is not null)
        {
            return Code(40058);
        }
        task.CancelledAt ??= _time.GetUtcNow();
        return Code(0);
    }

    private SandboxReply Welcome(JsonElement asked)
    {
        if (!_welcomes.TryRemove(Text(asked, "welcome_code"), out var welcome))
        {
            return Code(41051);
        }
        if (_time.GetUtcNow() - welcome.At > WelcomeTime)
        {
            return Code(41050);
        }
        phones.Show(SandboxAccounts.WeCom, "welcome", welcome.Customer, "zhangsan", Text(asked.GetProperty("text"), "content"), _time.GetUtcNow());
        return Code(0);
    }

    private SandboxReply Robot(SandboxRequest request)
    {
        if (request.Query.GetValueOrDefault("key") != SandboxAccounts.RobotKey)
        {
            return Code(93000);
        }
        var now = _time.GetUtcNow();
        while (_robot.TryPeek(out var first) && now - first >= TimeSpan.FromMinutes(1))
        {
            _robot.TryDequeue(out _);
        }
        if (_robot.Count >= RobotPerMinute)
        {
            return Code(45009);
        }
        _robot.Enqueue(now);
        var body = request.Json.GetProperty(Text(request.Json, "msgtype"));
        phones.Show(SandboxAccounts.WeCom, "robot", "internal group", "群机器人", Text(body, "content") is { Length: > 0 } text ? text : body.GetRawText(), now);
        return Code(0);
    }

    private void Tell(string name, string change, string fields)
    {
        var (query, encrypted) = _envelope.Close(
            string.Create(
                CultureInfo.InvariantCulture,
                $"<xml><ToUserName>{SandboxAccounts.CorpId}</ToUserName><FromUserName>sys</FromUserName><CreateTime>{_time.GetUtcNow().ToUnixTimeSeconds()}</CreateTime><MsgType>event</MsgType><Event>{name}</Event><ChangeType>{change}</ChangeType>{fields}</xml>"));
        hooks.Post(
            SandboxAccounts.WeCom, query,
            $"<xml><ToUserName>{SandboxAccounts.CorpId}</ToUserName><AgentID></AgentID><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>", "text/xml");
    }

    private string NextId() => string.Create(CultureInfo.InvariantCulture, $"app-{Interlocked.Increment(ref _count)}");

    internal static string Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string[] Texts(JsonElement json, string name) =>
        json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(one => one.GetString()!)] : [];

    private static SandboxReply Code(long code) => SandboxReply.Json(new { errcode = code, errmsg = code == 0 ? "ok" : "sandbox" });
}
