using Automation.Tidy.Rules;

namespace Automation.Tidy;

public sealed class PurityTests
{
    [Fact]
    public void The_core_neither_waits_nor_starts_threads() =>
        House.Keeps(Repository.CSharp.Where(f => f.IsUnder("engine/Automation.Core")).SelectMany(Purity.Core));

    [Fact]
    public void Tests_never_sleep() => House.Keeps(Repository.Tests.SelectMany(Purity.Sleeps));

    [Theory]
    [InlineData("class A { async void M() { await F(); } }", true)]
    [InlineData("class A { System.Threading.Tasks.Task M() => null; }", true)]
    [InlineData("class A { void M(CancellationToken c) { } }", true)]
    [InlineData("class A { int M(B b) => b.Thread; }", false)]
    [InlineData("// A task waits asynchronously.\nclass A;", false)]
    public void Waiting_in_the_core_is_found(string code, bool found) =>
        Assert.Equal(found, Purity.Core(new TextFile("engine/Automation.Core/A.cs", code)).Any());

    [Theory]
    [InlineData("class A { void M() => Thread.Sleep(1); }", true)]
    [InlineData("class A { object M() => Task.Delay(1); }", true)]
    [InlineData("class A { string M() => \"Task.Delay(1)\"; }", false)]
    public void A_sleeping_test_is_found(string code, bool found) =>
        Assert.Equal(found, Purity.Sleeps(new TextFile("tests/A.cs", code)).Any());
}
