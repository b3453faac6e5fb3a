using Automation.Server.Api;
using Automation.Server.Security;

namespace Automation.Server.Hosting;

/// <summary>
/// Alive: the process answers. Ready: the loop runs, its queue has room, and the store's directory takes a page, so that whoever
/// balances load sends events elsewhere before they are refused.
/// </summary>
internal static class Health
{
    private const int PageBytes = 4096;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Text("alive\n")).Needs(Permission.None).WithTags("health").WithName("healthz")
            .WithSummary("The process answers.");
        routes.MapGet("/readyz", Ready).Needs(Permission.None).WithTags("health").WithName("readyz")
            .WithSummary("The engine takes events.").ProducesProblem(503);
    }

    private static IResult Ready(EmbeddedEngine engine, ServerOptions options)
    {
        if (!engine.IsRunning)
        {
            throw NotReady("Expected a running engine, but it is starting or stopping.");
        }
        if (engine.Host.Backlog.Stimuli >= options.BacklogMax)
        {
            throw NotReady("Expected room in the queue, but it is full.");
        }
        try
        {
            var probe = Path.Combine(options.Data, $"ready.{Guid.NewGuid():N}");
            using var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, PageBytes, FileOptions.DeleteOnClose);
            file.Write(new byte[PageBytes]);
            file.Flush();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw NotReady("Expected a data directory that can be written, but it cannot.");
        }
        return Results.Text("ready\n");
    }

    private static ApiException NotReady(string message) =>
        new(StatusCodes.Status503ServiceUnavailable, "not_ready", message) { RetryAfterSeconds = 1 };
}
