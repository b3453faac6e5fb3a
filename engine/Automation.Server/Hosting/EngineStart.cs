using Automation.Server.Cli;
using Automation.Server.Security;
using Automation.Server.SignIn;

namespace Automation.Server.Hosting;

/// <summary>
/// What happens between the start of the process and the first event: the loop, what the workspace directory brings, the dispatcher,
/// the first keys. The web server starts after it and stops before it.
/// </summary>
internal sealed partial class EngineStart(
    IRunningEngine engine, KeyDesk keys, UserDesk users, ServerOptions options, ILogger<EngineStart> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await engine.StartAsync(cancellationToken);
        if (options.Workspace is { } directory)
        {
            await engine.UntilDecidingAsync(cancellationToken);
            var publishing = new WorkspacePublishing(
                engine.Definitions, engine.Engine, engine.Registry, engine.Desk, engine.Operations, engine.SegmentSweeps, engine.Changes);
            foreach (var why in await publishing.PublishAsync(directory, cancellationToken))
            {
                LogNotPublished(why);
            }
        }
        await PrintFirstKeysAsync(cancellationToken);
        await PrintSetUpLinkAsync(cancellationToken);
        engine.StartCalendars();
        engine.IsRunning = true;
    }

    public Task StopAsync(CancellationToken cancellationToken) => engine.StopAsync();

    private async Task PrintFirstKeysAsync(CancellationToken cancellation)
    {
        if (options.FirstKeys is not { } to)
        {
            return;
        }
        if (!await keys.HasAnyAsync(cancellation))
        {
            await engine.UntilDecidingAsync(cancellation);
        }
        if (await keys.CreateFirstAsync(cancellation) is [var admin, var write])
        {
            await to.WriteLineAsync("This store had no keys. These two are shown this once and kept only as hashes:");
            await to.WriteLineAsync($"  admin key: {admin}");
            await to.WriteLineAsync($"  write key: {write}");
        }
    }

    /// <summary>At every start, until there is an admin: a link that nobody used in time is followed by another one.</summary>
    private async Task PrintSetUpLinkAsync(CancellationToken cancellation)
    {
        if (options.FirstKeys is { } to && await users.SetUpAsync(forgetEarlier: false, cancellation) is var (link, _))
        {
            await to.WriteLineAsync("Nobody can sign in with a name yet. Who opens this link first, within a day, becomes the admin:");
            await to.WriteLineAsync($"  {Listening.FirstAddress(options.Urls)}{OneTimeLinks.PathOf(link)}");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A journey of the workspace directory is a draft and not published: {Why}")]
    private partial void LogNotPublished(string why);
}
