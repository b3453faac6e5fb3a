using Automation.Server.Hosting;
using Automation.Server.Security;
using Automation.Server.SignIn;
using Automation.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace Automation.Server.Cli;

/// <summary>The engine's loop over a data directory that no server holds, for commands that write. It sends nothing and wakes nobody.</summary>
internal static class OfflineEngine
{
    public static async Task<EmbeddedEngine> OpenAsync(string data, CancellationToken cancellation)
    {
        var store = EmbeddedStore.Open(data);
        var engine = new EmbeddedEngine(
            new ServerOptions { Data = data }, store, SecretBox.Open(data), SystemClock.Instance, NullLoggerFactory.Instance);
        try
        {
            await engine.Registry.ReloadAsync(cancellation);
            await engine.Host.StartAsync(withTimers: false, cancellation);
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    public static UserDesk Users(EmbeddedEngine engine)
    {
        var (access, time) = (engine.Store.Access, TimeProvider.System);
        return new UserDesk(new Users(access, engine.Host, engine.Changes), new OneTimeLinks(access, time), new Sessions(access, time), engine.Host, time);
    }

    public static KeyDesk Keys(EmbeddedEngine engine) => new(engine.Store.Definitions, engine.Host, engine.Changes);
}
