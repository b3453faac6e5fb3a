using Automation.Sandbox.Aliyun;
using Automation.Sandbox.Tencent;
using Automation.Sandbox.WeChat;
using Automation.Sandbox.WeCom;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Automation.Sandbox;

/// <summary>
/// Stand-ins for Aliyun, Tencent Cloud, WeCom and WeChat on this machine. They speak the vendors' wire formats, check signatures, tokens
/// and limits as the vendors say they do, send receipts and callbacks, and misbehave when they are told to. No message leaves the machine.
/// </summary>
public sealed class VendorSandbox : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Hooks _hooks;
    private readonly Dictionary<string, IVendorDesk> _desks;
    private readonly CancellationTokenSource _stopping = new();

    private VendorSandbox(WebApplication app, SandboxOptions options)
    {
        _app = app;
        _hooks = new Hooks(options.ReceiptDelay);
        var aliyun = new AliyunDesk(Phones, _hooks, options.Time);
        var tencent = new TencentDesk(Phones, _hooks, options.Time);
        var wecom = new WeComDesk(options, Phones, _hooks);
        var program = new WeChatDesk(options, Phones, _hooks, SandboxAccounts.MiniProgram);
        var official = new WeChatDesk(options, Phones, _hooks, SandboxAccounts.OfficialAccount);
        _desks = new Dictionary<string, IVendorDesk>(StringComparer.Ordinal)
        {
            [SandboxAccounts.Aliyun] = aliyun,
            [SandboxAccounts.Tencent] = tencent,
            [SandboxAccounts.WeCom] = wecom,
            [SandboxAccounts.MiniProgram] = program,
            [SandboxAccounts.OfficialAccount] = official,
        };
        People = new SandboxPeople(aliyun, tencent, wecom, program, official);
    }

    /// <summary>Where they listen.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Where the engine takes callbacks, as <c>http://127.0.0.1:5080/hooks/</c>; null while there is nobody to call.</summary>
    public Uri? Hooks
    {
        get => _hooks.Address;
        set => _hooks.Address = value;
    }

    /// <summary>What arrived.</summary>
    public Phones Phones { get; } = new();

    /// <summary>Lets people act: they reply, allow, join, confirm.</summary>
    public SandboxPeople People { get; }

    /// <summary>Callbacks that are on their way.</summary>
    public int Pending => _hooks.Pending;

    /// <summary>Starts them.</summary>
    /// <param name="options">How they are set up.</param>
    public static async Task<VendorSandbox> StartAsync(SandboxOptions? options = null)
    {
        options ??= new SandboxOptions();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(options.Urls);
        var sandbox = new VendorSandbox(builder.Build(), options);
        Controls.Map(sandbox._app, sandbox);
        sandbox._app.Run(sandbox.TakeAsync);
        await sandbox._app.StartAsync();
        sandbox.Address = new Uri(sandbox._app.Urls.First());
        return sandbox;
    }

    /// <summary>What a stand-in does with the next requests and messages.</summary>
    /// <param name="account">A key of <see cref="SandboxAccounts"/>.</param>
    public Plan Plan(string account) => _desks[account].Plan;

    /// <summary>How often a stand-in was asked for an access token.</summary>
    /// <param name="account">A key of <see cref="SandboxAccounts"/>.</param>
    public int TokensAsked(string account) => _desks[account].TokensAsked;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _hooks.Dispose();
        _stopping.Dispose();
    }

    private async Task TakeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (!_desks.TryGetValue(path.Split('/', 3)[1], out var desk))
        {
            context.Response.StatusCode = 404;
            return;
        }
        var request = await SandboxRequest.ReadAsync(context.Request, path);
        await MeetAsync(context, desk, request, desk.Sends(request) ? desk.Plan.TakeMood() : Mood.Well);
    }

    private async Task MeetAsync(HttpContext context, IVendorDesk desk, SandboxRequest request, Mood mood)
    {
        switch (mood)
        {
            case Mood.Busy:
                await WriteAsync(context, desk.Busy());
                break;
            case Mood.Broken:
                await WriteAsync(context, desk.Broken());
                break;
            case Mood.ServerError:
                context.Response.StatusCode = 500;
                break;
            case Mood.SilentAfterTaking:
                desk.Answer(request);
                await Task.Delay(Timeout.Infinite, CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token).Token)
                    .ContinueWith(static _ => { }, TaskScheduler.Default);
                break;
            case Mood.ResetAfterTaking:
                desk.Answer(request);
                context.Abort();
                break;
            case Mood.TokenExpired:
                desk.ExpireTokens();
                await WriteAsync(context, desk.Answer(request));
                break;
            default:
                await WriteAsync(context, desk.Answer(request));
                break;
        }
    }

    private static async Task WriteAsync(HttpContext context, SandboxReply reply)
    {
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.ContentType;
        context.Response.ContentLength = reply.Body.Length;
        await context.Response.Body.WriteAsync(reply.Body, context.RequestAborted);
    }
}
