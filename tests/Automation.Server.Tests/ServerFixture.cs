using Xunit;

namespace Automation.Server.Tests;

/// <summary>One server for the tests of a class that do not get in each other's way; starting one takes longer than most tests.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    public RunningServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await RunningServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
