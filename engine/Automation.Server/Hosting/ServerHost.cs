using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Automation.Server.Api;
using Automation.Server.Ingest;
using Automation.Server.Security;
using Automation.Storage;
using NodaTime;

namespace Automation.Server.Hosting;

/// <summary>The one place that knows everything: store, engine, connectors and HTTP, put together into a server.</summary>
public static class ServerHost
{
    private const long BodyBytesMax = 2 * 1024 * 1024;

    /// <summary>
    /// Opens the store and puts a server together. Starting it starts the engine and then the web server; stopping drains what is
    /// under way and commits it; disposing closes the store.
    /// </summary>
    /// <exception cref="StoreUnusableException">The data directory is in use, damaged, or of a newer version.</exception>
    public static WebApplication Build(ServerOptions options)
    {
        var store = EmbeddedStore.Open(options.Data);
        try
        {
            // The slim builder leaves out what this server has no use for: IIS, HTTPS by configuration, event logs. It starts faster.
            var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "automation" });
            ConfigureHost(builder, options);
            AddEngine(builder.Services, options, store);
            AddHttp(builder.Services);
            var app = builder.Build();
            app.UseApiProblems();
            app.UseKeyGate();
            MapRoutes(app);
            return app;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    private static void ConfigureHost(WebApplicationBuilder builder, ServerOptions options)
    {
        builder.WebHost.UseUrls(options.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyBytesMax;
        });
        builder.Logging.SetMinimumLevel(options.LogLevel);
        // The framework writes each request's address, and addresses may name people.
        builder.Logging.AddFilter("Microsoft.AspNetCore", options.LogLevel > LogLevel.Warning ? options.LogLevel : LogLevel.Warning);
        builder.Logging.AddFilter("MassTransit", LogLevel.Warning);
        builder.Logging.AddFilter("Quartz", LogLevel.Warning);
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout);
    }

    private static void AddEngine(IServiceCollection services, ServerOptions options, EmbeddedStore store)
    {
        services.AddSingleton(options);
        services.AddSingleton(options.Clock);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new EmbeddedEngine(
            options, store, provider.GetRequiredService<SecretBox>(), provider.GetRequiredService<IClock>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<IEngine>(provider => provider.GetRequiredService<EmbeddedEngine>().Host);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedEngine>().EngineOptions);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedEngine>().Connectors);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedEngine>().Receipts);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedEngine>().Dispatcher);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedEngine>().Mailbox);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedEngine>().Registry);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedEngine>().Desk);
        services.AddSingleton(provider => provider.GetRequiredService<EmbeddedEngine>().Operations);
        services.AddSingleton(store.Definitions);
        services.AddSingleton(store.Ledger);
        services.AddSingleton(_ => SecretBox.Open(options.Data));
        services.AddHostedService<EngineStart>();
    }

    private static void AddHttp(IServiceCollection services)
    {
        services.AddSingleton<KeyRing>();
        services.AddSingleton<IngestRejections>();
        services.AddSingleton<TrackingDoor>();
        services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        // Wrong requests come to the one place that writes problems, in every environment.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddOpenApi("v1", OpenApiText.Describe);
    }

    private static void MapRoutes(WebApplication app)
    {
        Health.Map(app);
        Pages.Map(app);
        TrackingEndpoints.Map(app);
        HookEndpoints.Map(app);
        JourneysApi.Map(app);
        DocumentsApi.Map(app);
        AccountsApi.Map(app);
        AuditApi.Map(app);
        ImportApi.Map(app);
        ContactsApi.Map(app);
        MessagesApi.Map(app);
        SandboxApi.Map(app);
        ConnectorsApi.Map(app);
        KeysApi.Map(app);
        app.MapOpenApi("/openapi/{documentName}.json").Needs(Permission.Read);
    }
}
