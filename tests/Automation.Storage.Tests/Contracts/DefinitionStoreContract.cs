using Automation.Runtime.Ports;
using Xunit;
using static Automation.Storage.Tests.Contracts.Sample;

namespace Automation.Storage.Tests.Contracts;

/// <summary>What people write is kept as they wrote it, and nobody overwrites somebody else unknowingly.</summary>
public abstract class DefinitionStoreContract : IDisposable
{
    private readonly Lazy<StoreUnderTest> _store;

    protected DefinitionStoreContract() => _store = new Lazy<StoreUnderTest>(Open);

    private IDefinitionStore Store => _store.Value.Definitions;

    protected abstract StoreUnderTest Open();

    [Fact]
    public async Task A_draft_is_saved_only_over_the_revision_its_editor_saw()
    {
        Assert.True(await Save("v1", 0));
        Assert.False(await Save("other", 0));
        Assert.True(await Save("v2", 1));
        Assert.False(await Save("late", 1));

        var found = await Store.FindAsync("journey", "welcome", default);

        Assert.Equal(new Definition("journey", "welcome", "v2", 2, 0, null, null, At(1), "li"), found);
    }

    [Fact]
    public async Task Publishing_makes_a_version_that_stays()
    {
        await Save("v1", 0);

        Assert.Equal(1, await Store.PublishAsync("journey", "welcome", "v1", At(2), "li", default));
        Assert.True(await Save("v2", 2));
        Assert.Equal(2, await Store.PublishAsync("journey", "welcome", "v2", At(3), "wang", default));

        Assert.Equal(
            new Definition("journey", "welcome", null, 4, 2, "v2", null, At(3), "wang"), await Store.FindAsync("journey", "welcome", default));
        Assert.Equal(
            [new DefinitionVersion(1, "v1", At(2), "li"), new DefinitionVersion(2, "v2", At(3), "wang")],
            await Store.VersionsAsync("journey", "welcome", default));
    }

    [Fact]
    public async Task Kinds_do_not_mix_and_lists_are_by_key()
    {
        await Store.PublishAsync("template", "b", "{}", At(1), "li", default);
        await Store.PublishAsync("template", "a", "{}", At(1), "li", default);
        await Store.PublishAsync("segment", "a", "{}", At(1), "li", default);

        Assert.Equal(["a", "b"], (await Store.ListAsync("template", default)).Select(d => d.Key));
        Assert.Null(await Store.FindAsync("segment", "b", default));
    }

    [Fact]
    public async Task Deleting_leaves_versions_that_old_enrollments_still_need()
    {
        await Store.PublishAsync("journey", "welcome", "v1", At(1), "li", default);
        await Store.SetStateAsync("journey", "welcome", "{\"paused\":true}", default);
        Assert.Equal("{\"paused\":true}", (await Store.FindAsync("journey", "welcome", default))!.State);

        await Store.DeleteAsync("journey", "welcome", default);

        Assert.Null(await Store.FindAsync("journey", "welcome", default));
        Assert.Single(await Store.VersionsAsync("journey", "welcome", default));
        Assert.Equal(2, await Store.PublishAsync("journey", "welcome", "again", At(2), "li", default));
    }

    public void Dispose()
    {
        if (_store.IsValueCreated)
        {
            _store.Value.Dispose();
        }
        GC.SuppressFinalize(this);
    }

    private ValueTask<bool> Save(string document, int revision) =>
        Store.SaveDraftAsync("journey", "welcome", document, revision, At(1), "li", default);
}
