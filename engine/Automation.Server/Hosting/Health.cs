using Automation.Server.Api;
using Automation.Server.Security;

namespace Automation.Server.Hosting;

/// <summary>
/// Alive: the process answers. Ready: the loop runs, its queue has room, and the store's directory takes a page, so that whoever
/// balances load sends events elsewhere before they are refused.
/// </summary>
internal static class Health
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Text("alive\n")).Needs(Permission.None).WithTags("health").WithName("healthz")
            .WithSummary("The process answers.");
        routes.MapGet("/readyz", Ready).Needs(Permission.None).WithTags("health").WithName("readyz")
            .WithSummary("The engine takes events.").ProducesProblem(503);
    }

    private static IResult Ready(IRunningEngine engine, ServerOptions options)
    {
        if (!engine.IsRunning)
        {
            throw NotReady("Expected a running engine, but it is starting or stopping.");
        }
        if (engine.Engine.Backlog.Stimuli >= options.BacklogMax)
        {
            throw NotReady("Expected room in the queue, but it is full.");
        }
        return engine.NotReady is { } why ? throw NotReady(why) : Results.Text("ready\n");
    }

    private static ApiException NotReady(string message) =>
        new(StatusCodes.Status503ServiceUnavailable, "not_ready", message) { RetryAfterSeconds = 1 };
}
