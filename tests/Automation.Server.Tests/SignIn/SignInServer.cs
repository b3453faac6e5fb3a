using System.Globalization;
using System.Net;
using System.Text;
using Automation.Server.Hosting;
using Automation.Server.Security;
using Automation.Server.SignIn;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Automation.Server.Tests.SignIn;

/// <summary>A server whose sessions, links and locks run by a time that the tests hold, and what its first start printed.</summary>
public sealed class SignInServer : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static int _names;

    private readonly StringBuilder _printed = new();

    public RunningServer Server { get; private set; } = null!;

    public string Printed => _printed.ToString();

    internal HeldTime Time { get; } = new(Start);

    internal Browser Browser() => new(Server);

    /// <summary>A name that no other test has.</summary>
    public static string NewName(string about = "user") => FormattableString.Invariant($"{about}-{Interlocked.Increment(ref _names)}");

    internal async Task<(Browser Browser, string Name)> SignedInAsync(Role role = Role.Viewer)
    {
        var name = NewName();
        return (await SignIn.Browser.InvitedAsync(Server, name, role), name);
    }

    /// <summary>Wrong guesses from this machine are forgotten, so that one test's do not lock the next one out.</summary>
    internal async Task ForgetAddressAsync() => await Server.App.Services.GetRequiredService<GuessLimits>().ClearAsync("address:127.0.0.1", CancellationToken.None);

    public async Task InitializeAsync() => Server = await RunningServer.StartAsync(data => new ServerOptions
    {
        Data = data, Urls = "http://127.0.0.1:0", LogLevel = LogLevel.Error, FirstKeys = new StringWriter(_printed, CultureInfo.InvariantCulture), Time = Time, Proxies = [IPAddress.Loopback],
    });

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
