namespace Automation.Server.Hosting;

/// <summary>The one place that knows everything: store, engine, connectors and HTTP, put together into a server.</summary>
public static class ServerHost
{
    /// <summary>Puts a server together. Nothing is opened before it is started; stopping it drains what is under way.</summary>
    public static WebApplication Build(ServerOptions options)
    {
        // The slim builder leaves out what this server has no use for: IIS, HTTPS by configuration, event logs. It starts faster.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "automation" });
        builder.WebHost.UseUrls(options.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        builder.Logging.SetMinimumLevel(options.LogLevel);
        builder.Services.AddSingleton(options);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout);

        var app = builder.Build();
        app.MapGet("/healthz", () => Results.Text("alive"));
        return app;
    }
}
