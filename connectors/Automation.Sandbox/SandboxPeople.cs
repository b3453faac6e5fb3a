using Automation.Sandbox.Aliyun;
using Automation.Sandbox.Tencent;
using Automation.Sandbox.WeChat;
using Automation.Sandbox.WeCom;

namespace Automation.Sandbox;

/// <summary>What people do at the vendors; the vendors tell it to the engine as they would.</summary>
public sealed class SandboxPeople
{
    private readonly AliyunDesk _aliyun;
    private readonly TencentDesk _tencent;
    private readonly WeComDesk _wecom;
    private readonly WeChatDesk _program;
    private readonly WeChatDesk _official;

    internal SandboxPeople(AliyunDesk aliyun, TencentDesk tencent, WeComDesk wecom, WeChatDesk program, WeChatDesk official)
    {
        _aliyun = aliyun;
        _tencent = tencent;
        _wecom = wecom;
        _program = program;
        _official = official;
    }

    /// <summary>Members, customers and groups of WeCom.</summary>
    public WeComBook WeCom => _wecom.Book;

    /// <summary>The tasks of WeCom's members, the oldest first.</summary>
    public IReadOnlyList<MassTask> Tasks => [.. _wecom.Tasks.All];

    /// <summary>Somebody replies to an SMS.</summary>
    /// <param name="account"><c>aliyun</c> or <c>tencent</c>.</param>
    /// <param name="number">With plus and the country's code.</param>
    public void Reply(string account, string number, string text)
    {
        if (account == SandboxAccounts.Tencent)
        {
            _tencent.Reply(number, text);
        }
        else
        {
            _aliyun.Reply(number, text);
        }
    }

    /// <summary>A number belongs to nobody from now on.</summary>
    public void Forget(string number)
    {
        _aliyun.Carrier.Forget(number);
        _tencent.Carrier.Forget(number);
    }

    /// <summary>A customer adds a member of the company.</summary>
    /// <returns>The code with which they can be greeted for 20 seconds.</returns>
    public string AddCustomer(string customer, string name, string? unionId = null, string member = "zhangsan") => _wecom.Add(customer, name, unionId, member);

    /// <summary>A customer joins a group of customers.</summary>
    public void JoinGroup(string group, string name, string customer) => _wecom.Join(group, name, customer);

    /// <summary>A customer deletes the member.</summary>
    public void LeaveMember(string customer, string member = "zhangsan") => _wecom.Leave(customer, member);

    /// <summary>A member confirms a task; all that wait when none is named.</summary>
    /// <returns>How many were confirmed.</returns>
    public int Confirm(DateTimeOffset at, string? task = null)
    {
        var waiting = _wecom.Tasks.All.Where(one => one is { ConfirmedAt: null, CancelledAt: null } && (task is null || one.Id == task)).ToArray();
        foreach (var one in waiting)
        {
            _wecom.Tasks.Confirm(one, at);
        }
        return waiting.Length;
    }

    /// <summary>Somebody is asked for one message of a template in the mini-program.</summary>
    public void Ask(string openId, string template, bool accepts = true) => _program.Ask(openId, template, accepts);

    /// <summary>Somebody refuses a template in the mini-program's settings.</summary>
    public void Refuse(string openId, string template) => _program.Refuse(openId, template);

    /// <summary>A credit of the mini-program is gone, and nobody told.</summary>
    public void Spend(string openId, string template) => _program.Spend(openId, template);

    /// <summary>How many messages of a template somebody still takes.</summary>
    public int Credits(string openId, string template) => _program.Credits(openId, template);

    /// <summary>Somebody follows the official account, or no longer.</summary>
    public void Follow(string openId, bool follows = true) => _official.Follow(openId, follows);

    /// <summary>Somebody writes to the mini-program's or the official account's service.</summary>
    public void Write(string account, string openId, string text) => (account == SandboxAccounts.OfficialAccount ? _official : _program).Write(openId, text);
}
