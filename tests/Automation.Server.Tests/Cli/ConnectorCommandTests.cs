using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Automation.Server.PlugIns;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Automation.Server.Tests.Cli;

/// <summary>What docs/connectors.md tells an author to do, done.</summary>
public sealed class ConnectorCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_new_connector_builds_keeps_every_promise_and_is_loaded()
    {
        var made = await CliRun.Of("connector", "new", _folder["PostCard"]);
        await BuildAsync(_folder["PostCard/PostCard.Testing"], _folder["built"]);
        var tested = await CliRun.Of("connector", "test", _folder["built"], "--json");
        await BuildAsync(_folder["PostCard/PostCard"], _folder["plugins/PostCard"]);
        var loaded = PlugInFolder.Load(_folder["plugins"], [], NullLogger.Instance);

        Assert.Equal(0, made.Code);
        Assert.True(tested.Code == 0, tested.Output + tested.Error);
        Assert.Equal(0, tested.Json.GetProperty("broken").GetInt32());
        Assert.Contains(tested.Json.GetProperty("promises").EnumerateArray(), one =>
            one.GetProperty("promise").GetString() == "silent_after_taking" && one.GetProperty("outcome").GetString() == "pass");
        Assert.Equal("post_card", Assert.Single(loaded).Manifest.Key);
        Assert.False(File.Exists(_folder["plugins/PostCard/Automation.Connectors.dll"]));
        Assert.Empty(PlugInFolder.Load(_folder["plugins"], loaded, NullLogger.Instance)); // Its key is taken now.
        var served = await ServedAsync();
        // What the designer makes its cards and forms from.
        Assert.Equal("post_card", served.GetProperty("key").GetString());
        Assert.NotEmpty(served.GetProperty("configuration_schema").GetProperty("properties").EnumerateObject());
        Assert.NotEmpty(served.GetProperty("channels")[0].GetProperty("message_schema").GetProperty("properties").EnumerateObject());
    }

    private async Task<JsonElement> ServedAsync()
    {
        var key = (await CliRun.Of("key", "create", "--data", _folder["data"], "--role", "viewer", "--json")).Json.GetProperty("key").GetString();
        using var stop = new CancellationTokenSource();
        var serving = Serving.Begin(stop.Token, "--data", _folder["data"], "--plugins", _folder["plugins"]);
        await serving.Ready;
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var answer = await http.GetStringAsync(new Uri(serving.Error.ToString().Split("Listening on ")[1].Split(',')[0] + "/api/connectors"));
        await stop.CancelAsync();
        Assert.Equal(0, await serving.Code);
        return JsonElement.Parse(answer).GetProperty("connectors").EnumerateArray().Single(one => one.GetProperty("key").GetString() == "post_card");
    }

    [Theory]
    [InlineData("postcard")]
    [InlineData("Post-Card")]
    [InlineData("P")]
    public async Task A_name_that_is_no_name_of_a_type_is_refused(string name)
    {
        var run = await CliRun.Of("connector", "new", _folder[name]);

        Assert.Equal((2, "bad_name"), (run.Code, run.ErrorCode));
        Assert.False(Directory.Exists(_folder[name]));
    }

    [Fact]
    public async Task A_folder_without_a_rig_says_so()
    {
        var nothing = await CliRun.Of("connector", "test", _folder["missing.dll"]);
        _folder.Write("built/Broken.dll", "no assembly");
        var broken = await CliRun.Of("connector", "test", _folder["built"]);

        Assert.Equal((2, "not_found"), (nothing.Code, nothing.ErrorCode));
        Assert.Equal((2, "not_a_plug_in"), (broken.Code, broken.ErrorCode));
    }

    private static async Task BuildAsync(string project, string output)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "build", project, "-o", output, "-v", "q", "-nologo" })
        {
            start.ArgumentList.Add(argument);
        }
        using var build = Process.Start(start)!;
        var said = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        Assert.True(build.ExitCode == 0, said);
    }
}
