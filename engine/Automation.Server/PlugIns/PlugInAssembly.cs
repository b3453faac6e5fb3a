using System.Reflection;
using System.Runtime.ExceptionServices;
using Automation.Connectors;

namespace Automation.Server.PlugIns;

/// <summary>A plug-in cannot be used. The code is stable, the sentence says why.</summary>
internal sealed class PlugInRefusedException(string code, string text, Exception? cause = null) : Exception(text, cause)
{
    public string Code => code;
}

/// <summary>One assembly of a plug-in, loaded by itself, and what in it is made for us.</summary>
internal sealed class PlugInAssembly
{
    /// <summary>A manifest holds values only; a plug-in that thinks longer about it hangs.</summary>
    private static readonly TimeSpan ManifestTime = TimeSpan.FromSeconds(5);

    private readonly Assembly _assembly;

    private PlugInAssembly(Assembly assembly) => _assembly = assembly;

    /// <param name="path">Of the assembly's file.</param>
    /// <exception cref="PlugInRefusedException">It is no assembly, or built for another contract.</exception>
    public static PlugInAssembly Load(string path)
    {
        try
        {
            var whole = Path.GetFullPath(path);
            var assembly = new PlugInContext(whole).LoadFromAssemblyPath(whole);
            RequireContract(Path.GetFileName(path), assembly.GetReferencedAssemblies());
            return new PlugInAssembly(assembly);
        }
        catch (Exception error) when (error is BadImageFormatException or IOException or InvalidOperationException)
        {
            throw new PlugInRefusedException("not_a_plug_in", $"Expected an assembly for this machine in '{Path.GetFileName(path)}', but it cannot be loaded.", error);
        }
    }

    /// <summary>Tells a plug-in that was compiled against another contract before any code of it runs.</summary>
    /// <param name="references">What the plug-in's assembly refers to.</param>
    public static void RequireContract(string name, IEnumerable<AssemblyName> references)
    {
        var contract = references.FirstOrDefault(one => one.Name == PlugInContext.Contract)?.Version?.Major
            ?? throw new PlugInRefusedException("not_a_plug_in", $"Expected '{name}' to refer to {PlugInContext.Contract}, but it does not.");
        if (contract != ConnectorManifest.CurrentContractVersion)
        {
            throw new PlugInRefusedException(
                "other_contract",
                FormattableString.Invariant($"Expected '{name}' to be built for contract {ConnectorManifest.CurrentContractVersion}, but it is built for {contract}."));
        }
    }

    /// <summary>Makes one of each public type of a kind that can be made without arguments.</summary>
    /// <exception cref="PlugInRefusedException">The plug-in's own code threw.</exception>
    public IReadOnlyList<T> All<T>()
        where T : class
    {
        var made = new List<T>();
        foreach (var type in Types().Where(type => type is { IsPublic: true, IsAbstract: false } && typeof(T).IsAssignableFrom(type)))
        {
            if (type.GetConstructor(Type.EmptyTypes) is { } constructor)
            {
                made.Add(Guard(() => (T)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, null, null), type.Name));
            }
        }
        return made;
    }

    /// <summary>The factories, with their manifests read and checked once.</summary>
    /// <param name="patience">How long the plug-in may take to make them; it should take no time.</param>
    /// <exception cref="PlugInRefusedException">The plug-in's own code threw or hangs, or it is for another contract.</exception>
    public IReadOnlyList<PlugInFactory> Factories(TimeSpan? patience = null)
    {
        // A thread of its own: one that never comes back keeps that thread and nothing else.
        var making = Task.Factory.StartNew(Make, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return making.Wait(patience ?? ManifestTime)
                ? making.Result
                : throw new PlugInRefusedException("plug_in_hangs", $"Expected manifests from '{_assembly.GetName().Name}', but it does not return.");
        }
        catch (AggregateException wrapped)
        {
            ExceptionDispatchInfo.Throw(wrapped.InnerException!);
            throw;
        }
    }

    private IReadOnlyList<PlugInFactory> Make() => [.. All<IConnectorFactory>().Select(factory =>
    {
        var manifest = Guard(() => factory.Manifest, factory.GetType().Name);
        return manifest.ContractVersion == ConnectorManifest.CurrentContractVersion
            ? new PlugInFactory(factory, manifest)
            : throw new PlugInRefusedException(
                "other_contract",
                FormattableString.Invariant($"Expected connector '{manifest.Key}' to be built for contract {ConnectorManifest.CurrentContractVersion}, but it is built for {manifest.ContractVersion}."));
    })];

    private IEnumerable<Type> Types()
    {
        try
        {
            return _assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException error)
        {
            // A type whose library is not there is none of those we look for; the others are as good as ever.
            return error.Types.OfType<Type>();
        }
    }

    private static T Guard<T>(Func<T> work, string name)
    {
        try
        {
            return work();
        }
#pragma warning disable CA1031 // Whatever a stranger's code throws, it must cost its own plug-in and nothing else.
        catch (Exception error)
#pragma warning restore CA1031
        {
            throw new PlugInRefusedException("plug_in_throws", $"Expected '{name}' to be made, but it threw {error.GetType().Name}: {error.Message}", error);
        }
    }
}
