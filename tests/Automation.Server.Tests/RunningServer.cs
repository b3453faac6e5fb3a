using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Automation.Connectors;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Automation.Server.Hosting;
using Automation.Server.Security;
using Automation.Server.Tests.Cli;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Xunit;

namespace Automation.Server.Tests;

/// <summary>The real server on a free port of this machine, over a data directory of its own.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly Dictionary<Role, string> _keys = [];

    private RunningServer(TempFolder folder, WebApplication app)
    {
        _folder = folder;
        App = app;
    }

    public WebApplication App { get; }

    /// <summary>Keeps no cookies: whoever is signed in says so with each request.</summary>
    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseCookies = false });

    public IEngine Engine => App.Services.GetRequiredService<IEngine>();

    public string DatabasePath => App.Services.GetRequiredService<EmbeddedEngine>().Store.DatabasePath;

    public ILedgerStore Ledger => App.Services.GetRequiredService<IRunningEngine>().Ledger;

    public IDefinitionStore Definitions => App.Services.GetRequiredService<IDefinitionStore>();

    public static async Task<RunningServer> StartAsync(int backlogMax = 20_000, string? workspace = null, params IConnectorFactory[] connectors) =>
        await StartAsync(SystemClock.Instance, backlogMax, workspace, connectors);

    /// <summary>Under a clock that the test holds.</summary>
    public static Task<RunningServer> StartAsync(IClock clock, int backlogMax = 20_000, string? workspace = null, params IConnectorFactory[] connectors) =>
        StartAsync(data => Options(data, clock, LogLevel.Error, backlogMax, workspace, connectors));

    /// <summary>With everything that it logs given to the test as well.</summary>
    public static Task<RunningServer> StartAsync(ILoggerProvider log) =>
        StartAsync(data => Options(data, SystemClock.Instance, LogLevel.Debug, 20_000, null, []), log);

    /// <summary>As the test has it, over a data directory of its own.</summary>
    public static async Task<RunningServer> StartAsync(Func<string, ServerOptions> options, ILoggerProvider? log = null)
    {
        var folder = new TempFolder();
        var app = ServerHost.Build(options(folder["data"]));
        if (log is not null)
        {
            app.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        }
        var server = new RunningServer(folder, app);
        foreach (var role in Enum.GetValues<Role>())
        {
            var now = SystemClock.Instance.GetCurrentInstant();
            server._keys[role] = (await ApiKeys.CreateAsync(server.Definitions, role, "test", now, "test", CancellationToken.None)).Text;
        }
        await app.StartAsync();
        server.Http.BaseAddress = new Uri(app.Urls.First());
        return server;
    }

    private static ServerOptions Options(
        string data, IClock clock, LogLevel level, int backlogMax, string? workspace, IConnectorFactory[] connectors) => new()
        {
            Data = data, Urls = "http://127.0.0.1:0", Workspace = workspace, LogLevel = level, BacklogMax = backlogMax, Connectors = connectors, Clock = clock,
        };

    public string Key(Role role) => _keys[role];

    public HttpRequestMessage Request(HttpMethod method, string path, Role? role, object? json = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (role is { } known)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key(known));
        }
        if (json is not null)
        {
            request.Content = json is string text ? new StringContent(text, Encoding.UTF8, "application/json") : JsonContent.Create(json);
        }
        return request;
    }

    /// <summary>Asks as admin and expects to succeed.</summary>
    public async Task<JsonElement> AskAsync(HttpMethod method, string path, object? json = null, string? ifMatch = null)
    {
        using var request = Request(method, path, Role.Admin, json);
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }
        using var response = await Http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {path} answered {(int)response.StatusCode}: {body}");
        return body.Length == 0 ? default : JsonElement.Parse(body);
    }

    public Task<JsonElement> GetAsync(string path) => AskAsync(HttpMethod.Get, path);

    /// <summary>Sends to the tracking API with the write key.</summary>
    public async Task<(int Status, JsonElement Body)> TrackAsync(string call, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/{call}") { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Key(Role.Write) + ":")));
        return await SendAsync(request);
    }

    public async Task<(int Status, JsonElement Body)> SendAsync(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, body.Length > 0 && body[0] is '{' or '[' ? JsonElement.Parse(body) : default);
    }

    public async Task<IReadOnlyList<LedgerRow>> FactsAsync(string kind) =>
        await Ledger.FactsAsync(new FactQuery(Kind: kind, Limit: 1000), CancellationToken.None);

    /// <summary>Asks again until the answer is there. Each question is a request, so nothing spins.</summary>
    public async Task<IReadOnlyList<LedgerRow>> UntilFactsAsync(string kind, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var facts = await FactsAsync(kind);
            if (facts.Count >= count)
            {
                return facts;
            }
            await Http.GetStringAsync(new Uri("/healthz", UriKind.Relative), limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        try
        {
            await App.StopAsync();
            await App.DisposeAsync();
        }
        finally
        {
            _folder.Dispose();
        }
    }
}
