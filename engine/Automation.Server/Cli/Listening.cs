using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Automation.Server.Cli;

/// <summary>Starting and stopping a server from the command line.</summary>
internal static class Listening
{
    /// <exception cref="CannotRunException">One of them is no address to listen on.</exception>
    public static void Check(string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).DefaultIfEmpty(""))
        {
            // Kestrel also takes http://*:5080 and http://+:5080, which are no addresses by the book.
            var plain = url.Replace("://*", "://any", StringComparison.Ordinal).Replace("://+", "://any", StringComparison.Ordinal);
            if (!Uri.TryCreate(plain, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.AbsolutePath != "/")
            {
                throw new CannotRunException("bad_urls", $"Expected addresses such as {Options.DefaultUrl}, separated by semicolons, but found '{url}'.");
            }
        }
    }

    /// <summary>The first of them, as somebody on this machine would type it.</summary>
    public static string FirstAddress(string urls)
    {
        var first = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? Options.DefaultUrl;
        foreach (var everywhere in (ReadOnlySpan<string>)["://*", "://+", "://0.0.0.0", "://[::]"])
        {
            first = first.Replace(everywhere, "://localhost", StringComparison.Ordinal);
        }
        return first.TrimEnd('/');
    }

    /// <summary>
    /// Looks whether the addresses are free before anything is made: a first start prints its keys once, and must not spend them on a
    /// start that fails.
    /// </summary>
    /// <exception cref="CannotRunException">Another program has one of them.</exception>
    public static void CheckFree(string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Port == 0)
            {
                continue;
            }
            var at = IPAddress.TryParse(address.Host, out var named) ? named : address.IsLoopback ? IPAddress.Loopback : IPAddress.Any;
            using var probe = new TcpListener(at, address.Port);
            try
            {
                probe.Start();
            }
            catch (SocketException problem) when (problem.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                throw InUse(urls, problem);
            }
            catch (SocketException)
            {
                // A name or an address of its own kind: the server finds out.
            }
        }
    }

    /// <exception cref="CannotRunException">Another program has the address.</exception>
    public static async Task StartAsync(WebApplication app, string urls, CancellationToken cancellation)
    {
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (IOException problem) when (problem.InnerException is AddressInUseException)
        {
            throw InUse(urls, problem);
        }
    }

    private static CannotRunException InUse(string urls, Exception problem) => new(
        "address_in_use", $"Expected {urls} to be free, but another program listens there: stop that one, or name another address with --urls.", problem);

    /// <summary>Runs until a signal comes, then drains what is under way.</summary>
    public static async Task UntilStoppedAsync(WebApplication app, CancellationToken cancellation)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var bySignal = cancellation.Register(() => stopped.TrySetResult());
        using var byItself = app.Lifetime.ApplicationStopping.Register(() => stopped.TrySetResult());
        await stopped.Task;
        await app.StopAsync(CancellationToken.None);
    }
}
