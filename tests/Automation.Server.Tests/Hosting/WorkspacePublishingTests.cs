using Automation.Core.Deciding;
using Automation.Runtime.Approvals;
using Automation.Runtime.Ports;
using Automation.Server.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Automation.Server.Tests.Hosting;

public sealed class WorkspacePublishingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("automation-workspace-");

    private string Workspace => Path.Combine(_folder.FullName, "shop");

    public WorkspacePublishingTests()
    {
        Directory.CreateDirectory(Path.Combine(Workspace, "journeys"));
        Directory.CreateDirectory(Path.Combine(Workspace, "templates"));
        File.WriteAllText(Path.Combine(Workspace, "workspace.yaml"), "consent: { sms: assumed }\naccounts: { sms: sandbox }\n");
        File.WriteAllText(
            Path.Combine(Workspace, "templates", "hi.json"), """{ "key": "hi", "channel": "sms", "content": { "text": "hi" } }""");
        WriteJourney("came");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_differs_is_published_and_what_does_not_is_left_alone()
    {
        var first = await VersionsOfStartAsync();
        var second = await VersionsOfStartAsync();
        WriteJourney("left");
        var third = await VersionsOfStartAsync();

        Assert.Equal((1, 1, 1), first);
        Assert.Equal((1, 1, 1), second);
        Assert.Equal((2, 1, 1), third);
    }

    [Fact]
    public async Task A_workspace_with_errors_is_refused_with_its_findings_and_publishes_nothing()
    {
        File.WriteAllText(Path.Combine(Workspace, "templates", "hi.json"), """{ "key": "other", "channel": "sms", "content": { "text": "hi" } }""");
        await using var app = Build();

        var refused = await Assert.ThrowsAsync<WorkspaceRefusedException>(() => app.StartAsync());

        Assert.Contains(refused.Findings, finding => finding.Code == "unknown_template" && finding.Document == "journeys/greet.json");
        Assert.Empty(await app.Services.GetRequiredService<IDefinitionStore>().ListAsync("template", CancellationToken.None));
    }

    [Fact]
    public async Task Where_approval_is_required_a_journey_from_files_stays_a_draft_until_somebody_approved_it()
    {
        await using (var app = Build())
        {
            await app.StartAsync();
            await app.Services.GetRequiredService<ApprovalDesk>().SetAsync(ApprovalSetting.Required, "user:boss");
            await app.StopAsync();
        }
        File.AppendAllText(Path.Combine(Workspace, "workspace.yaml"), "holdout_percent: 5\n");
        WriteJourney("left");

        Assert.Equal((1, 1, 2), await VersionsOfStartAsync());
        await using (var app = Build())
        {
            await app.StartAsync();
            var approvals = app.Services.GetRequiredService<ApprovalDesk>();
            Assert.Equal(ApprovalSetting.Required, await approvals.SettingAsync());
            await approvals.AskAsync("greet", null, InFlightChoice.Stay, false, "", "user:li");
            await approvals.ApproveAsync("greet", 1, "", "user:wang");
            await app.StopAsync();
        }
        Assert.Equal((2, 1, 2), await VersionsOfStartAsync());
    }

    [Fact]
    public async Task A_workspace_directory_cannot_say_whether_approval_is_required()
    {
        File.AppendAllText(Path.Combine(Workspace, "workspace.yaml"), "approval: none\n");
        await using var app = Build();

        var refused = await Assert.ThrowsAsync<WorkspaceRefusedException>(() => app.StartAsync());

        Assert.Contains(refused.Findings, finding => finding.Pointer == "/approval");
    }

    private void WriteJourney(string @event) => File.WriteAllText(
        Path.Combine(Workspace, "journeys", "greet.json"),
        $$"""
        { "key": "greet", "trigger": { "on": "event", "event": "{{@event}}" },
          "steps": [ { "id": "hi", "type": "send", "channel": "sms", "template": "hi" } ] }
        """);

    private async Task<(int Journey, int Template, int Settings)> VersionsOfStartAsync()
    {
        await using var app = Build();
        await app.StartAsync();
        var store = app.Services.GetRequiredService<IDefinitionStore>();
        var versions = (await VersionAsync(store, "journey", "greet"), await VersionAsync(store, "template", "hi"), await VersionAsync(store, "settings", "workspace"));
        await app.StopAsync();
        return versions;
    }

    private Microsoft.AspNetCore.Builder.WebApplication Build() => ServerHost.Build(new ServerOptions
    {
        Data = Path.Combine(_folder.FullName, "data"),
        Urls = "http://127.0.0.1:0",
        Workspace = Workspace,
        LogLevel = LogLevel.Critical,
    });

    private static async Task<int> VersionAsync(IDefinitionStore store, string kind, string key) =>
        (await store.FindAsync(kind, key, CancellationToken.None))!.PublishedVersion;
}
