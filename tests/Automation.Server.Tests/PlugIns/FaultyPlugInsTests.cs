using System.Collections.Concurrent;
using Automation.Connectors;
using Automation.Server.PlugIns;
using Automation.Server.Tests.Cli;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Automation.Server.Tests.PlugIns;

/// <summary>Plug-ins that do harm, each beside a good one: the harm has a name, and the good one is loaded.</summary>
public sealed class FaultyPlugInsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    private static readonly MetadataReference[] Platform =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) is "netstandard.dll" or "mscorlib.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly TempFolder _folder = new();
    private readonly Lines _log = new();

    public FaultyPlugInsTests() => Compile("Good", Factory("Good", Manifest("good")));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_that_was_built_for_another_contract_is_refused_before_its_code_runs()
    {
        // The contract of the year after next: same name, other version, and a factory that would throw if it were touched.
        var contract = Path.Combine(_folder.Root, "Automation.Connectors.dll");
        Emit(
            contract, "Automation.Connectors",
            """[assembly: System.Reflection.AssemblyVersion("2.0.0.0")] namespace Automation.Connectors { public interface IConnectorFactory { object Novelty { get; } } }""", []);
        Compile(
            "Newer", """public sealed class F : Automation.Connectors.IConnectorFactory { public object Novelty => throw new System.Exception("ran"); }""", contract);

        ExpectRefusal("Newer", "other_contract", "contract 1, but it is built for 2");
    }

    [Fact]
    public void One_whose_manifest_says_another_contract_is_refused()
    {
        Compile("Claims", Factory("Claims", Manifest("claims").Replace("ContractVersion = 1", "ContractVersion = 7", StringComparison.Ordinal)));

        ExpectRefusal("Claims", "other_contract", "built for 7");
    }

    [Fact]
    public void One_that_throws_while_it_is_made_is_refused_with_what_it_threw()
    {
        Compile("Throws", Factory("Throws", Manifest("throws"))
            .Replace("/*members*/", "public FThrows() => throw new System.InvalidOperationException(\"by design\");", StringComparison.Ordinal));

        ExpectRefusal("Throws", "plug_in_throws", "InvalidOperationException: by design");
    }

    [Fact]
    public void One_whose_manifest_throws_is_refused()
    {
        Compile("Shy", Factory("Shy", "throw new System.NotSupportedException(\"no manifest today\")"));

        ExpectRefusal("Shy", "plug_in_throws", "NotSupportedException");
    }

    [Theory]
    [InlineData("HangsInManifest", "", "Hang()")]
    [InlineData("HangsInConstructor", "public FHangsInConstructor() => Hang();", null)]
    public void One_that_hangs_is_refused_and_the_start_goes_on(string name, string member, string? manifest)
    {
        const string hang = "static Automation.Connectors.ConnectorManifest Hang() { new System.Threading.ManualResetEvent(false).WaitOne(); return null!; }";
        Compile(name, Factory(name, manifest ?? Manifest("hangs")).Replace("/*members*/", hang + member, StringComparison.Ordinal));

        ExpectRefusal(name, "plug_in_hangs", "does not return");
    }

    [Fact]
    public void One_whose_library_is_missing_is_refused_with_a_reason()
    {
        var library = Path.Combine(_folder.Root, "Library.dll");
        Emit(library, "Library", "public static class Library { public static int Answer => 42; }", []);
        Compile("Lonely", Factory("Lonely", Manifest("lonely")).Replace("/*members*/", "public int A = Library.Answer;", StringComparison.Ordinal), library);
        File.Delete(library);

        ExpectRefusal("Lonely", "plug_in_throws", "FileNotFoundException");
    }

    [Fact]
    public void One_that_takes_a_key_that_is_taken_is_refused()
    {
        Compile("Thief", Factory("Thief", Manifest("good")));

        ExpectRefusal("Thief", "key_taken", "'good' is another connector's");
    }

    [Fact]
    public void One_without_a_factory_is_refused()
    {
        Compile("Nothing", "public sealed class Nothing { public Automation.Connectors.Address? At; }");

        ExpectRefusal("Nothing", "no_factory", "there is none");
    }

    private void ExpectRefusal(string plugIn, string code, string words)
    {
        var loaded = Load();

        Assert.Equal("good", Assert.Single(loaded).Manifest.Key);
        var line = Assert.Single(_log.Said, said => said.StartsWith($"Plug-in {plugIn} is not used", StringComparison.Ordinal));
        Assert.StartsWith($"Plug-in {plugIn} is not used: {code}: Expected ", line, StringComparison.Ordinal);
        Assert.Contains(words, line, StringComparison.Ordinal);
    }

    private IReadOnlyList<IConnectorFactory> Load() => PlugInFolder.Load(_folder["plugins"], [], _log, Patience);

    private void Compile(string name, string code, params string[] libraries)
    {
        Directory.CreateDirectory(_folder[$"plugins/{name}"]);
        var contract = libraries.Any(library => library.EndsWith("Automation.Connectors.dll", StringComparison.Ordinal)) ? [] : new[] { typeof(IConnectorFactory).Assembly.Location };
        Emit(_folder[$"plugins/{name}/{name}.dll"], name, code, [.. libraries, .. contract]);
    }

    private static void Emit(string path, string name, string code, string[] libraries)
    {
        var made = CSharpCompilation.Create(
            name, [CSharpSyntaxTree.ParseText(code)],
            [.. Platform, .. libraries.Select(library => MetadataReference.CreateFromFile(library))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)).Emit(path);
        Assert.True(made.Success, string.Join('\n', made.Diagnostics));
    }

    private static string Factory(string name, string manifest) => $$"""
        using Automation.Connectors;
        public sealed class F{{name}} : IConnectorFactory
        {
            /*members*/
            public ConnectorManifest Manifest => {{manifest}};
            public IConnector Create(ConnectorAccount account, ConnectorServices services) => throw new System.NotSupportedException();
        }
        """;

    private static string Manifest(string key) => $$"""
        new ConnectorManifest
        {
            Key = "{{key}}", Name = new DisplayName("一", "One"), Summary = new DisplayName("一", "One"), Channels = [],
            ConfigurationSchema = System.Text.Json.JsonElement.Parse("{}"), Idempotency = Idempotency.None, ContractVersion = 1,
        }
        """;

    private sealed class Lines : ILogger
    {
        public ConcurrentQueue<string> Said { get; } = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Said.Enqueue(formatter(state, exception));
    }
}
