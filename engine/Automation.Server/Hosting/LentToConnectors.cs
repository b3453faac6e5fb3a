using Automation.Connectors;
using Automation.Connectors.Tokens;

namespace Automation.Server.Hosting;

/// <summary>What every connector is lent: the server's clock, connections, a log, and tokens, which several processes may share.</summary>
internal sealed class LentToConnectors(ILoggerFactory logs, TimeProvider time, ITokenStore? tokens = null) : IDisposable
{
    private readonly SocketsHttpHandler _http = new()
    {
        AllowAutoRedirect = false, UseCookies = false, UseProxy = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    public ConnectorServices Services
    {
        get
        {
            var log = logs.CreateLogger("Automation.Connectors");
            return new ConnectorServices
            {
                Time = time,
                Tokens = tokens ?? new ProcessTokenStore(time),
                HttpClient = _ => new HttpClient(_http, disposeHandler: false),
                // The contract forbids addresses and secrets in these sentences, and the connectors are held to it by tests.
                Log = (level, text, error) => log.Log(LevelOf(level), error, "{Text}", text),
            };
        }
    }

    public void Dispose() => _http.Dispose();

    private static LogLevel LevelOf(ConnectorLogLevel level) => level switch
    {
        ConnectorLogLevel.Debug => LogLevel.Debug,
        ConnectorLogLevel.Information => LogLevel.Information,
        ConnectorLogLevel.Warning => LogLevel.Warning,
        _ => LogLevel.Error,
    };
}
