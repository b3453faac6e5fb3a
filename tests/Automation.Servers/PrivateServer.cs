using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Automation.Servers;

/// <summary>
/// A server of Debian's packages for one test class: started by a script of <c>tests/servers</c> in a folder and on ports of its own. The
/// script ends with its standard input, so no server outlives the tests, whatever becomes of them.
/// </summary>
public sealed class PrivateServer : IAsyncDisposable
{
    // Below the ports that the system gives to outgoing connections.
    private static int _nextPort = 12_000 + (Environment.ProcessId % 2_000 * 10);

    private readonly Process _script;
    private readonly DirectoryInfo _folder;

    private PrivateServer(Process script, DirectoryInfo folder, int port)
    {
        _script = script;
        _folder = folder;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Of the script that started the server; the server's own processes are its children.</summary>
    public int ProcessId => _script.Id;

    /// <summary>Why the server cannot be started on this machine, or null.</summary>
    public static string? Missing(string name)
    {
        if (OperatingSystem.IsWindows())
        {
            return "The servers' scripts are for Linux.";
        }
        using var asking = Process.Start(new ProcessStartInfo("bash") { RedirectStandardOutput = true, ArgumentList = { ScriptOf(name), "--missing" } })!;
        var note = asking.StandardOutput.ReadToEnd().Trim();
        asking.WaitForExit();
        return asking.ExitCode == 0 ? null : note;
    }

    public static async Task<PrivateServer> StartAsync(string name)
    {
        var folder = Directory.CreateTempSubdirectory($"automation-{name}-");
        if (!OperatingSystem.IsWindows())
        {
            // The server may run as a user of its own.
            File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_101_101);
        }
        var port = FreePorts();
        var start = new ProcessStartInfo("bash")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList = { ScriptOf(name), Path.Combine(folder.FullName, "server"), port.ToString(CultureInfo.InvariantCulture) },
        };
        var script = Process.Start(start) ?? throw new InvalidOperationException("Expected bash to start, but it did not.");
        var server = new PrivateServer(script, folder, port);
        var said = new List<string>();
        while (await script.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == "ready")
            {
                return server;
            }
            said.Add(line);
        }
        await server.DisposeAsync();
        throw new InvalidOperationException($"Expected {name} to start, but it did not: {string.Join('\n', said)}");
    }

    /// <summary>Kills it, as a power cut would; what it had safe it still has.</summary>
    public Task StopAsync() => SayAsync("stop", "stopped");

    public Task StartAgainAsync() => SayAsync("start", "ready");

    public async ValueTask DisposeAsync()
    {
        _script.StandardInput.Close();
        await _script.WaitForExitAsync();
        _script.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task SayAsync(string command, string answer)
    {
        await _script.StandardInput.WriteLineAsync(command);
        await _script.StandardInput.FlushAsync();
        var said = await _script.StandardOutput.ReadLineAsync();
        if (said != answer)
        {
            throw new InvalidOperationException($"Expected the server to be {answer}, but it says '{said}'.");
        }
    }

    private static string ScriptOf(string name)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var script = Path.Combine(at.FullName, "tests", "servers", $"{name}.sh");
            if (File.Exists(script))
            {
                return script;
            }
        }
        throw new FileNotFoundException($"Expected tests/servers/{name}.sh above {AppContext.BaseDirectory}, but there is none.");
    }

    // A server may want a few ports in a row.
    private static int FreePorts()
    {
        while (true)
        {
            var first = Interlocked.Add(ref _nextPort, 5);
            try
            {
                for (var port = first; port < first + 5; port++)
                {
                    using var probe = new TcpListener(IPAddress.Loopback, port);
                    probe.Start();
                }
                return first;
            }
            catch (SocketException)
            {
                // Somebody has one of them; the next five, then.
            }
        }
    }
}
