using Automation.Server.Security;
using Xunit;

namespace Automation.Server.Tests.Cli;

/// <summary>The way to a publication by the command line, against one server where approval is required.</summary>
public sealed class JourneyCommandTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly RunningServer _server = fixture.Server;

    [Fact]
    public async Task A_journey_is_asked_about_approved_and_published()
    {
        Assert.Equal("Approval before publishing: none.\n", (await RunAsync(Role.Admin, "approval", "setting")).Output);
        await _server.AskAsync(HttpMethod.Put, "/api/journeys/care", """
            { "key": "care", "trigger": { "on": "event", "event": "came" }, "entry": { "repeat": "once" }, "steps": [ { "id": "w", "type": "wait", "for": "1h" } ] }
            """);
        Assert.Equal(2, (await RunAsync(Role.Developer, "approval", "setting", "required")).Code);
        Assert.Equal((0, "Approval before publishing: required.\n"), Said(await RunAsync(Role.Admin, "approval", "setting", "required")));

        var refused = await RunAsync(Role.Marketer, "publish", "care");
        Assert.Equal((2, "approval_required"), (refused.Code, refused.ErrorCode));
        Assert.Contains("nobody asked for approval yet.", refused.Error, StringComparison.Ordinal);
        Assert.Contains("automation journey approval ask care --comment TEXT", refused.Error, StringComparison.Ordinal);
        Assert.Equal(
            (0, "Request 1 waits for somebody else: automation journey approval approve care --number 1\n"),
            Said(await RunAsync(Role.Developer, "approval", "ask", "care", "--comment", "please", "--in-flight", "exit")));
        Assert.Contains("automation journey approval approve care --number 1", (await RunAsync(Role.Marketer, "publish", "care")).Error, StringComparison.Ordinal);
        Assert.StartsWith("care  open, request 1 of key:", (await RunAsync(Role.Viewer, "approval", "list")).Output, StringComparison.Ordinal);

        var own = await RunAsync(Role.Developer, "approval", "approve", "care", "--number", "1");
        Assert.Equal(2, own.Code);
        Assert.Contains("Expected somebody other than who asked", own.Error, StringComparison.Ordinal);
        Assert.Equal((0, "Request 1 of care is rejected.\n"), Said(await RunAsync(Role.Marketer, "approval", "reject", "care", "--number", "1", "--comment", "why now")));
        await RunAsync(Role.Developer, "approval", "ask", "care");
        Assert.Equal((0, "Request 2 of care is withdrawn.\n"), Said(await RunAsync(Role.Developer, "approval", "withdraw", "care", "--number", "2")));
        await RunAsync(Role.Developer, "approval", "ask", "care", "--in-flight", "exit");
        Assert.Equal((0, "Request 3 of care is approved: automation journey publish care\n"), Said(await RunAsync(Role.Marketer, "approval", "approve", "care", "--number", "3")));
        Assert.Contains("Expected in_flight exit", (await RunAsync(Role.Developer, "publish", "care")).Error, StringComparison.Ordinal);
        Assert.Equal((0, "care is published as version 1.\n"), Said(await RunAsync(Role.Developer, "publish", "care", "--in-flight", "exit")));
        await RunAsync(Role.Developer, "approval", "ask", "care");
        Assert.Equal((0, "Request 4 of care is approved, and published as version 2.\n"), Said(await RunAsync(Role.Marketer, "approval", "approve", "care", "--number", "4", "--publish")));
        Assert.Equal("Nobody waits for an approval.\n", (await RunAsync(Role.Viewer, "approval", "list")).Output);
        Assert.Equal("bad_arguments", (await RunAsync(Role.Developer, "publish", "care", "--in-flight", "jump")).ErrorCode);
    }

    private Task<CliRun> RunAsync(Role role, params string[] arguments) =>
        CliRun.Of(["journey", .. arguments, "--server", _server.Http.BaseAddress!.ToString(), "--key", _server.Key(role)]);

    private static (int Code, string Output) Said(CliRun run) => (run.Code, run.Output);
}
