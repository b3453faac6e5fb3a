using Automation.Server.Tests.Cli;
using Automation.Server.Tests.Workspaces;
using Xunit;

namespace Automation.Server.Tests.Security;

/// <summary>A workspace, a file of rows or a name that somebody else wrote leads nowhere but where it was meant to.</summary>
public sealed class PathsInFilesTests : IDisposable
{
    private const string Secret = "of-nobodys-business";
    private const string Journey = """{ "key": "of-nobodys-business", "trigger": { "on": "event", "event": "e" }, "steps": [ { "id": "a", "type": "update", "add_tags": [ "a" ] } ] }""";

    private readonly TemporaryWorkspace _workspace = new();
    private readonly TemporaryWorkspace _outside = new();

    [Theory]
    [InlineData("absolute")]
    [InlineData("relative")]
    [InlineData("over another link")]
    [InlineData("circle")]
    public async Task A_link_that_leads_out_of_the_workspace_is_not_read(string way)
    {
        _workspace.With("workspace.yaml", "time_zone: Asia/Shanghai\n").With("journeys/.keep", "");
        _outside.With("secret.json", Journey).With("folder/x", "");
        var link = Path.Combine(_workspace.Path, "journeys", "linked.json");
        var target = Path.Combine(_outside.Path, "secret.json");
        switch (way)
        {
            case "absolute":
                File.CreateSymbolicLink(link, target);
                break;
            case "relative":
                File.CreateSymbolicLink(link, Path.GetRelativePath(Path.Combine(_workspace.Path, "journeys"), target));
                break;
            case "over another link":
                // Read as text it would stay within: the step back goes from where the link leads.
                Directory.CreateSymbolicLink(Path.Combine(_workspace.Path, "journeys", ".away"), Path.Combine(_outside.Path, "folder"));
                File.CreateSymbolicLink(link, ".away/../secret.json");
                break;
            default:
                File.CreateSymbolicLink(link, "linked.json");
                break;
        }

        var loaded = _workspace.Load();
        var lint = await CliRun.Of("lint", "--workspace", _workspace.Path);

        Assert.Null(loaded.Workspace);
        Assert.Equal(1, lint.Code);
        Assert.Contains("leads out of it", lint.Output + lint.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, lint.Output + lint.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(_outside.Path, lint.Output + lint.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_leads_out_of_the_workspace_is_not_listed()
    {
        _workspace.With("workspace.yaml", "time_zone: Asia/Shanghai\n");
        _outside.With($"{Secret}.txt", "x").With("journey.json", Journey);
        Directory.CreateSymbolicLink(Path.Combine(_workspace.Path, "journeys"), _outside.Path);

        var lint = await CliRun.Of("lint", "--workspace", _workspace.Path);

        Assert.Null(_workspace.Load().Workspace);
        Assert.Equal(1, lint.Code);
        Assert.DoesNotContain(Secret, lint.Output + lint.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_within_the_workspace_is_read_as_mounted_volumes_have_them()
    {
        _workspace.With("workspace.yaml", "time_zone: Asia/Shanghai\n").With(".v1/journey.json", Journey).With("journeys/.keep", "");
        Directory.CreateSymbolicLink(Path.Combine(_workspace.Path, ".now"), ".v1");
        File.CreateSymbolicLink(Path.Combine(_workspace.Path, "journeys", "linked.json"), "../.now/journey.json");

        Assert.Equal(Secret, Assert.Single(_workspace.Load().Workspace!.Journeys).Key);
    }

    [Theory]
    [InlineData("../out")]
    [InlineData("/etc/out")]
    [InlineData("..\\out")]
    public async Task A_document_whose_key_is_a_path_is_refused(string key)
    {
        _workspace.With("workspace.yaml", "time_zone: Asia/Shanghai\n").With("journeys/j.json", Journey.Replace(Secret, key.Replace("\\", "\\\\", StringComparison.Ordinal), StringComparison.Ordinal));

        var lint = await CliRun.Of("lint", "--workspace", _workspace.Path);

        Assert.Equal(1, lint.Code);
        Assert.Contains("key", lint.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("Postcard/..")]
    [InlineData("Post..card")]
    [InlineData("Post\\card")]
    public async Task A_new_connectors_name_is_no_path(string name)
    {
        var made = await CliRun.Of("connector", "new", Path.Combine(_workspace.Path, name));

        Assert.NotEqual(0, made.Code);
        Assert.Equal("bad_name", made.ErrorCode);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_workspace.Path));
    }

    [Fact]
    public async Task A_file_of_rows_is_text_whatever_paths_stand_in_it()
    {
        using var folder = new TempFolder();
        var target = Path.Combine(_outside.Path, "out");
        _workspace.With("rows.csv", $"user_id,name,city\n../../{Secret},@{target},file://{target}\n\"{target}\",../../etc/passwd,|{target}\n");

        var done = await CliRun.Of("import", "contacts", Path.Combine(_workspace.Path, "rows.csv"), "--data", folder["data"]);

        Assert.Equal(0, done.Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_outside.Path));
        Assert.Empty(Directory.EnumerateFiles(folder["."], $"*{Secret}*", SearchOption.AllDirectories));
    }

    public void Dispose()
    {
        _workspace.Dispose();
        _outside.Dispose();
    }
}
