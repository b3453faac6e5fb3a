using System.Reflection;
using System.Runtime.Loader;

namespace Automation.Server.PlugIns;

/// <summary>
/// Where the assemblies of one plug-in live, apart from those of all others: two plug-ins may bring two versions of one library. Only what
/// they share with the engine is the engine's own, or a factory of theirs would be none of ours.
/// </summary>
internal sealed class PlugInContext(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path), isCollectible: false)
{
    public const string Contract = "Automation.Connectors";

    private static readonly HashSet<string> Shared = new(StringComparer.Ordinal) { Contract, "Automation.Connectors.Testing" };

    private readonly AssemblyDependencyResolver _resolver = new(path);

    protected override Assembly? Load(AssemblyName name) => name.Name is null || Shared.Contains(name.Name) || _resolver.ResolveAssemblyToPath(name) is not { } found
        ? null
        : LoadFromAssemblyPath(found);

    protected override IntPtr LoadUnmanagedDll(string name) =>
        _resolver.ResolveUnmanagedDllToPath(name) is { } found ? LoadUnmanagedDllFromPath(found) : IntPtr.Zero;
}
