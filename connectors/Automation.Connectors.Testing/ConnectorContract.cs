using Xunit;
using Xunit.Abstractions;

namespace Automation.Connectors.Testing;

/// <summary>What every connector must do, whatever its vendor. A connector's test class derives from it and gets a test for each promise.</summary>
/// <param name="output">Where each test writes its line of the report.</param>
/// <example>
/// <code>public sealed class PostcardContractTests(ITestOutputHelper output) : ConnectorContract(output)
/// {
///     protected override ConnectorRig Rig() => new PostcardRig();
/// }</code>
/// </example>
public abstract class ConnectorContract(ITestOutputHelper output)
{
    /// <summary>The keys of all promises.</summary>
    public static TheoryData<string> Promises => [.. ConformanceKit.Promises.Select(promise => promise.Key)];

    /// <summary>The connector's rig.</summary>
    protected abstract ConnectorRig Rig();

    /// <summary>Tries one promise.</summary>
    /// <param name="promise">Its key.</param>
    [Theory]
    [MemberData(nameof(Promises))]
    public async Task Every_promise_is_kept(string promise)
    {
        var outcome = await ConformanceKit.TryAsync(Rig(), ConformanceKit.Promises.Single(one => one.Key == promise));

        output.WriteLine(outcome.ToString());
        Assert.True(outcome.Kept is not false, outcome.ToString());
    }
}
