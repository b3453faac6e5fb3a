using Automation.Connectors;
using Automation.Connectors.Remote;

namespace Automation.Server.PlugIns;

/// <summary>
/// The folder with plug-ins: one folder each, and in it an assembly of the same name with what it needs. One that cannot be used is
/// refused with its reason, and the others are loaded.
/// </summary>
internal static partial class PlugInFolder
{
    /// <summary>Names a process that does a connector's work, instead of an assembly.</summary>
    public const string RemoteDescription = "connector.json";

    /// <summary>Below the data directory.</summary>
    public const string Name = "plugins";

    /// <param name="directory">The folder; nothing is loaded where there is none.</param>
    /// <param name="builtIn">Their keys are taken.</param>
    /// <param name="patience">How long a plug-in may take to say what it is. Default: 5 s.</param>
    public static IReadOnlyList<IConnectorFactory> Load(string directory, IEnumerable<IConnectorFactory> builtIn, ILogger log, TimeSpan? patience = null)
    {
        var taken = builtIn.Select(factory => factory.Manifest.Key).ToHashSet(StringComparer.Ordinal);
        var loaded = new List<IConnectorFactory>();
        if (!Directory.Exists(directory))
        {
            return loaded;
        }
        foreach (var folder in Directory.EnumerateDirectories(directory).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(folder);
            try
            {
                var factories = Factories(folder, name, patience);
                if (factories.Count == 0)
                {
                    throw new PlugInRefusedException("no_factory", $"Expected a public {nameof(IConnectorFactory)} in '{name}', but there is none.");
                }
                if (factories.FirstOrDefault(one => taken.Contains(one.Manifest.Key)) is { } clash)
                {
                    throw new PlugInRefusedException("key_taken", $"Expected a key of its own for '{name}', but '{clash.Manifest.Key}' is another connector's.");
                }
                foreach (var factory in factories)
                {
                    taken.Add(factory.Manifest.Key);
                    loaded.Add(factory);
                    LogLoaded(log, factory.Manifest.Key, name);
                }
            }
            catch (PlugInRefusedException refused)
            {
                LogRefused(log, refused, name, refused.Code, refused.Message);
            }
        }
        return loaded;
    }

    /// <summary>A description of another process, or an assembly.</summary>
    private static IReadOnlyList<IConnectorFactory> Factories(string folder, string name, TimeSpan? patience)
    {
        var description = Path.Combine(folder, RemoteDescription);
        if (!File.Exists(description))
        {
            return PlugInAssembly.Load(Path.Combine(folder, $"{name}.dll")).Factories(patience);
        }
        try
        {
            return [RemoteConnectorFactory.Read(File.ReadAllText(description))];
        }
        catch (ConnectorConfigurationException wrong)
        {
            throw new PlugInRefusedException(
                wrong.Path == "/manifest/contract_version" ? "other_contract" : "not_a_plug_in", $"{RemoteDescription} at '{wrong.Path}': {wrong.Message}", wrong);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Connector {Connector} comes from plug-in {PlugIn}")]
    private static partial void LogLoaded(ILogger log, string connector, string plugIn);

    [LoggerMessage(Level = LogLevel.Error, Message = "Plug-in {PlugIn} is not used: {Code}: {Problem}")]
    private static partial void LogRefused(ILogger log, Exception error, string plugIn, string code, string problem);
}
