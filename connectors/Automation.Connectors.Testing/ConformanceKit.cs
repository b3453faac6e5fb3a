using Automation.Connectors.Testing.Promises;

namespace Automation.Connectors.Testing;

/// <summary>Every promise, and the running of them.</summary>
public static class ConformanceKit
{
    /// <summary>All promises, in the order of the report.</summary>
    public static IReadOnlyList<Promise> Promises { get; } =
        [.. ManifestPromises.All, .. SendingPromises.All, .. FaultPromises.All, .. CallbackPromises.All, .. SecrecyPromises.All];

    /// <summary>Tries one promise with a fresh double and a fresh connector.</summary>
    /// <param name="rig">The connector's rig.</param>
    /// <param name="promise">The promise.</param>
    public static async Task<PromiseOutcome> TryAsync(ConnectorRig rig, Promise promise)
    {
        if (promise.NotFor(rig) is { } reason)
        {
            return new PromiseOutcome(promise, null, reason);
        }

        try
        {
            await using var run = await PromiseRun.StartAsync(rig);
            await promise.Keep(run);
            if (run.Vendor.Failure is { } failure)
            {
                return new PromiseOutcome(promise, false, failure is PromiseBrokenException
                    ? failure.Message
                    : $"Expected a request the rig can answer, but it threw: {failure.GetType().Name}: {failure.Message}");
            }

            return new PromiseOutcome(promise, true, "");
        }
        catch (PromiseBrokenException broken)
        {
            return new PromiseOutcome(promise, false, broken.Message);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return new PromiseOutcome(promise, false, $"Expected no exception, but got {error.GetType().Name}: {error.Message}");
        }
    }

    /// <summary>Tries every promise.</summary>
    /// <param name="rig">The connector's rig.</param>
    /// <param name="report">Told of each outcome as it is known.</param>
    /// <returns>The outcomes, in order.</returns>
    public static async Task<IReadOnlyList<PromiseOutcome>> RunAsync(ConnectorRig rig, Action<PromiseOutcome>? report = null)
    {
        var outcomes = new List<PromiseOutcome>(Promises.Count);
        foreach (var promise in Promises)
        {
            var outcome = await TryAsync(rig, promise);
            outcomes.Add(outcome);
            report?.Invoke(outcome);
        }

        return outcomes;
    }
}
