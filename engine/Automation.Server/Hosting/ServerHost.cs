using Automation.Runtime.Ports;
using Automation.Server.Api;
using Automation.Server.Ingest;
using Automation.Server.Personal;
using Automation.Server.Security;
using Automation.Server.SignIn;
using Automation.Storage;
using Automation.Storage.Personal;
using Automation.Storage.Postgres;
using Microsoft.AspNetCore.HttpOverrides;

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
            return Build(options, Environment.MachineName, services =>
            {
                services.AddSingleton(_ => SecretBox.Open(options.Data));
                services.AddSingleton(provider => new EmbeddedEngine(
                    options, store, provider.GetRequiredService<SecretBox>(), options.Clock, provider.GetRequiredService<ILoggerFactory>()));
                services.AddSingleton<IRunningEngine>(provider => provider.GetRequiredService<EmbeddedEngine>());
                services.AddSingleton(store.Access);
            });
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>The same for a process that is one of several: the store is PostgreSQL, and RabbitMQ lies between the roles.</summary>
    /// <exception cref="StoreUnusableException">The store was made otherwise, or is of a newer version.</exception>
    internal static async Task<WebApplication> BuildAsync(ServerOptions options, ClusterOptions cluster, CancellationToken cancellation)
    {
        var store = await PostgresStore.OpenAsync(
            new PostgresOptions
            {
                ConnectionString = cluster.Postgres, Partitions = cluster.Partitions, Node = cluster.Node, Period = cluster.Period,
                PersonalKeys = cluster.PersonalKeys ?? KeyRingFile.OpenOrCreate(Directory.CreateDirectory(options.Data).FullName),
            }, cancellation);
        try
        {
            Directory.CreateDirectory(options.Data);
            return Build(options, cluster.Node, services =>
            {
                services.AddSingleton(_ => cluster.SecretKey is { } key ? SecretBox.Of(key) : SecretBox.Open(options.Data));
                services.AddSingleton(provider => new ClusterEngine(
                    options, cluster, store, store.Access, provider.GetRequiredService<SecretBox>(), provider.GetRequiredService<ILoggerFactory>()));
                services.AddSingleton<IRunningEngine>(provider =>
                {
                    var engine = provider.GetRequiredService<ClusterEngine>();
                    store.PersonalFields = () => engine.Registry.Journeys.Settings.Personal;
                    return engine;
                });
                services.AddSingleton(store.Access);
            });
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    private static WebApplication Build(ServerOptions options, string node, Action<IServiceCollection> addEngine)
    {
        // The slim builder leaves out what this server has no use for: IIS, HTTPS by configuration, event logs. It starts faster.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "automation" });
        ConfigureHost(builder, options);
        addEngine(builder.Services);
        AddEngine(builder.Services, options);
        AddHttp(builder.Services);
        if (Telemetry.IsWanted)
        {
            builder.Services.AddHostedService(_ => new Telemetry(node));
        }
        var app = builder.Build();
        BelieveProxies(app, options);
        app.UseApiProblems();
        app.UseCallerGate();
        MapRoutes(app);
        return app;
    }

    private static void BelieveProxies(WebApplication app, ServerOptions options)
    {
        if (options.Proxies.Count == 0)
        {
            return;
        }
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in options.Proxies)
        {
            forwarded.KnownProxies.Add(proxy);
        }
        app.UseForwardedHeaders(forwarded);
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
        // It logs why the start failed with its whole stack; the command line says it in one sentence.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Logging.AddFilter("MassTransit", LogLevel.Warning);
        builder.Logging.AddFilter("Quartz", LogLevel.Warning);
        LogLines.Write(builder.Logging, options.LogFormat);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout);
    }

    private static void AddEngine(IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(options.Clock);
        services.AddSingleton(options.Time);
        services.AddSingleton(provider => provider.GetRequiredService<IRunningEngine>().Engine);
        services.AddSingleton(provider => provider.GetRequiredService<IRunningEngine>().Connectors);
        services.AddSingleton(provider => provider.GetRequiredService<IRunningEngine>().Receipts);
        services.AddSingleton(provider => provider.GetRequiredService<IRunningEngine>().Dispatcher);
        services.AddSingleton(provider => provider.GetRequiredService<IRunningEngine>().Directories);
        services.AddSingleton(provider => provider.GetRequiredService<IRunningEngine>().Mailbox);
        services.AddSingleton(provider => provider.GetRequiredService<IRunningEngine>().Registry);
        services.AddSingleton(provider => provider.GetRequiredService<IRunningEngine>().Desk);
        services.AddSingleton(provider => provider.GetRequiredService<IRunningEngine>().Changes);
        services.AddSingleton<KeyDesk>();
        services.AddSingleton(provider => provider.GetRequiredService<IRunningEngine>().Operations);
        services.AddSingleton(provider => provider.GetRequiredService<IRunningEngine>().Approvals);
        services.AddSingleton(provider => provider.GetRequiredService<IRunningEngine>().Holds);
        services.AddSingleton(provider => provider.GetRequiredService<IRunningEngine>().OperationsStore);
        services.AddSingleton(provider => provider.GetRequiredService<IRunningEngine>().Bulk);
        services.AddSingleton(provider => provider.GetRequiredService<IRunningEngine>().Definitions);
        // Whatever reads for a request reads what its caller may see.
        services.AddScoped<Sight>();
        services.AddScoped(provider => new MaskedLedger(provider.GetRequiredService<IRunningEngine>().Ledger, provider.GetRequiredService<Sight>()));
        services.AddScoped<MaskedMails>();
        services.AddSingleton(provider =>
        {
            // Past the masks: what is handed out is all there is, and erasing looks at all there is.
            var running = provider.GetRequiredService<IRunningEngine>();
            return new PersonalDesk(running.Engine, running.Ledger, running.Mailbox);
        });
        services.AddScoped<ILedgerStore>(provider => provider.GetRequiredService<MaskedLedger>());
        services.AddSingleton(provider => provider.GetRequiredService<IRunningEngine>().Live);
        services.AddSingleton(provider => provider.GetRequiredService<IRunningEngine>().DeadLetters);
        services.AddHostedService<EngineStart>();
        services.AddHostedService<StandingMetrics>();
        AddSignIn(services);
    }

    private static void AddSignIn(IServiceCollection services)
    {
        services.AddSingleton<Users>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<OneTimeLinks>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<GuessLimits>();
        services.AddSingleton<SignInDesk>();
        services.AddSingleton<UserDesk>();
        services.AddSingleton<OwnDesk>();
        services.AddSingleton<Callers>();
        services.AddSingleton<FailedSignIns>();
        // After the engine, so that it stops before it.
        services.AddHostedService(provider => provider.GetRequiredService<FailedSignIns>());
    }

    private static void AddHttp(IServiceCollection services)
    {
        services.AddSingleton<KeyUses>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<IngestRejections>();
        services.AddSingleton<KeyRefusals>();
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
        ApprovalsApi.Map(app);
        StandingApi.Map(app);
        PreviewApi.Map(app);
        ActivityApi.Map(app);
        AudienceApi.Map(app);
        VocabularyApi.Map(app);
        DocumentsApi.Map(app);
        AccountsApi.Map(app);
        HoldsApi.Map(app);
        OperationsApi.Map(app);
        OutcomesApi.Map(app);
        BulkApi.Map(app);
        AuditApi.Map(app);
        WhyApi.Map(app);
        AnchorsApi.Map(app);
        ImportApi.Map(app);
        ContactsApi.Map(app);
        PersonalApi.Map(app);
        MessagesApi.Map(app);
        LiveApi.Map(app);
        DeadLettersApi.Map(app);
        SandboxApi.Map(app);
        ConnectorsApi.Map(app);
        KeysApi.Map(app);
        SessionApi.Map(app);
        UsersApi.Map(app);
        app.MapOpenApi("/openapi/{documentName}.json").Needs(Permission.Read);
    }
}
