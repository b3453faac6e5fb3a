using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Automation.Storage.Tests.Postgres;

/// <summary>
/// A PostgreSQL server of our own: in a temporary folder, on a free port of this machine only, and gone with the process.
/// </summary>
internal sealed class PostgresServer : IDisposable
{
    // No test of these is about a power cut, so nothing has to reach the disk.
    private static readonly Lazy<PostgresServer> Instance = new(() => new PostgresServer("fsync=off", "shared_buffers=64MB", "max_connections=300"));

    private readonly DirectoryInfo _directory;
    private readonly bool _stays;
    private readonly string _binaries;
    private readonly int _port;
    private readonly bool _asOther;
    private readonly string[] _settings;
    private Process? _process;
    private int[] _frozen = [];

    /// <param name="settings">As in the server's configuration file, e.g. <c>fsync=off</c>.</param>
    public PostgresServer(params string[] settings)
        : this(null, settings)
    {
    }

    /// <param name="folder">A folder that stays, with whatever an earlier run left in it; null for a temporary one.</param>
    /// <param name="settings">As in the server's configuration file, e.g. <c>fsync=off</c>.</param>
    public PostgresServer(string? folder, string[] settings)
    {
        _settings = settings;
        _stays = folder is not null;
        _directory = folder is null ? Directory.CreateTempSubdirectory("automation-postgres-") : Directory.CreateDirectory(folder);
        _binaries = Binaries ?? throw new InvalidOperationException("Expected a PostgreSQL server on this machine, but there is none (Debian: apt-get install postgresql).");
        // The server refuses to run as root.
        _asOther = Environment.UserName == "root";
        _port = FreePort();
        if (_asOther)
        {
            Run("chown", "postgres", _directory.FullName);
        }
        if (!Directory.Exists(Folder))
        {
            RunAsServer(Path.Combine(_binaries, "initdb"), "-D", Folder, "-U", "automation", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions");
        }
        Start();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
    }

    /// <summary>One for all tests of the process, started when the first needs it.</summary>
    public static PostgresServer Shared => Instance.Value;

    /// <summary>The folder of <c>postgres</c> and <c>initdb</c>, or null where none is installed.</summary>
    public static string? Binaries { get; } = Find();

    /// <summary>Where Debian puts them, the newest first, and else the search path.</summary>
    private static string? Find()
    {
        var debian = new DirectoryInfo("/usr/lib/postgresql");
        var candidates = debian.Exists
            ? debian.GetDirectories().OrderByDescending(d => d.Name, StringComparer.Ordinal).Select(d => Path.Combine(d.FullName, "bin"))
            : [];
        return candidates.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }

    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(Folder, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private string Folder => Path.Combine(_directory.FullName, "data");

    public string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={_port.ToString(CultureInfo.InvariantCulture)};Username=automation;Database={database};Include Error Detail=true";

    public void Start()
    {
        string[] arguments =
        [
            "-D", Folder, "-p", _port.ToString(CultureInfo.InvariantCulture), "-k", _directory.FullName, "-h", "127.0.0.1",
            "-c", "log_min_messages=fatal", .. _settings.SelectMany(setting => new[] { "-c", setting }),
        ];
        _process = Process.Start(Command(Path.Combine(_binaries, "postgres"), arguments))!;
        _process.BeginErrorReadLine();
        while (!IsReady())
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException("Expected the database server to start, but it ended.");
            }
        }
    }

    /// <summary>As a crash would end it: sessions break, and it recovers when it starts again.</summary>
    public void Kill()
    {
        Signal("QUIT", ProcessId);
        _process!.WaitForExit();
    }

    /// <summary>Every process of the server stands still, with whatever it holds.</summary>
    public void Freeze()
    {
        using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand("SELECT array_agg(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()", connection);
        _frozen = [ProcessId, .. (int[])command.ExecuteScalar()!];
        Signal("STOP", _frozen);
    }

    public void Thaw() => Signal("CONT", _frozen);

    public void Execute(string database, string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Runs one of the server's own programs, such as <c>pg_dump</c>.</summary>
    public string Tool(string name, params string[] arguments) => Run(
        Path.Combine(_binaries, name), ["-h", "127.0.0.1", "-p", _port.ToString(CultureInfo.InvariantCulture), "-U", "automation", .. arguments]);

    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            // What stays has to reach the disk.
            Signal(_stays ? "INT" : "QUIT", ProcessId);
            _process.WaitForExit();
        }
        if (_directory.Exists && !_stays)
        {
            _directory.Delete(recursive: true);
        }
    }

    private bool IsReady()
    {
        try
        {
            Execute("postgres", "SELECT 1");
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private void RunAsServer(string program, params string[] arguments)
    {
        var command = Command(program, arguments);
        Run(command.FileName, [.. command.ArgumentList]);
    }

    private ProcessStartInfo Command(string program, string[] arguments)
    {
        var command = _asOther
            ? new ProcessStartInfo("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", program, .. arguments])
            : new ProcessStartInfo(program, arguments);
        command.RedirectStandardError = true;
        command.WorkingDirectory = _directory.FullName;
        return command;
    }

    // The shell's own kill: the program of that name is not on every machine.
    private static void Signal(string signal, params int[] processes) => Run("sh", "-c", $"kill -{signal} {string.Join(' ', processes)}");

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"Expected {program} to succeed, but it says: {errors.GetAwaiter().GetResult()}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
