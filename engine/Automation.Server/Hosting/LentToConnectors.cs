using Automation.Connectors;
using Automation.Connectors.Tokens;

namespace Automation.Server.Hosting;

/// <summary>What every connector is lent: connections and a log, and tokens where several processes share them.</summary>
internal sealed class LentToConnectors(ILoggerFactory logs, ITokenStore? tokens = null) : IDisposable
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
            var services = new ConnectorServices
            {
                HttpClient = _ => new HttpClient(_http, disposeHandler: false),
                // The contract forbids addresses and secrets in these sentences, and the connectors are held to it by tests.
                Log = (level, text, error) => log.Log(LevelOf(level), error, "{Text}", text),
            };
            return tokens is null ? services : services with { Tokens = tokens };
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
