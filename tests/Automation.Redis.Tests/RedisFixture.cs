using Automation.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Automation.Redis.Tests;

/// <summary>One Redis for all tests of this project; each test has keys of its own.</summary>
public sealed class RedisFixture : IAsyncLifetime
{
    private static int _tests;
    private PrivateServer? _server;

    public PrivateServer Server => _server!;

    public async Task InitializeAsync() => _server = PrivateServer.Missing("redis") is null ? await PrivateServer.StartAsync("redis") : null;

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    public static string NewPrefix() => $"t{Interlocked.Increment(ref _tests)}";

    /// <summary>A connection as another process would have it, but with the patience that a busy machine asks for.</summary>
    public RedisLink Link(string prefix) => new($"127.0.0.1:{Server.Port}", prefix, NullLogger<RedisLink>.Instance, TimeSpan.FromSeconds(20));
}

[CollectionDefinition("redis")]
public sealed class RedisTests : ICollectionFixture<RedisFixture>;

/// <summary>A test that needs Redis; skipped where none is installed.</summary>
internal sealed class RedisFactAttribute : FactAttribute
{
    public RedisFactAttribute() => Skip = PrivateServer.Missing("redis");
}
