using System.Text;
using Automation.Connectors;
using Automation.Runtime.Dispatch;
using Automation.Runtime.Loop;
using Automation.Server.Ingest;
using Automation.Server.Security;
using NodaTime;

namespace Automation.Server.Api;

/// <summary>
/// Vendors' callbacks: the account's connector checks the signature and reads them; what they carried is durable before the vendor
/// gets its answer, so a crash only makes it send again.
/// </summary>
internal static class HookEndpoints
{
    private const int BodyBytesMax = 1024 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var hooks = routes.MapGroup("/hooks").WithTags("hooks");
        hooks.MapGet("{account}", HandleAsync).Needs(Permission.None).WithName("hooks_get")
            .WithSummary("A vendor checks the address. The connector decides what proves that it is the vendor.");
        hooks.MapPost("{account}", HandleAsync).Needs(Permission.None).WithName("hooks_post")
            .WithSummary("A vendor brings receipts or events. The connector checks the signature.");
    }

    private static async Task HandleAsync(
        HttpContext context, string account, ConnectorRegistry connectors, ReceiptDesk receipts, IEngine engine)
    {
        using var lease = connectors.Lease(account);
        // The same answer for no account and for one without callbacks: a stranger learns nothing of what there is.
        if (lease?.Connector is not IReceiptHandler handler)
        {
            throw ApiException.NotFound("callback address", account);
        }
        using var body = await RequestBody.ReadAsync(context.Request, BodyBytesMax, "body_too_large");
        if (body.Problem is { } problem)
        {
            throw new ApiException(problem.Code == "body_too_large" ? 413 : 400, problem.Code, problem.Message);
        }
        var answer = await handler.HandleAsync(Callback(context.Request, body.Bytes, engine.Clock), context.RequestAborted);
        if (answer.Receipts.Count > 0)
        {
            await receipts.ReportAsync(account, answer.Receipts);
        }
        if (answer.Events.Count > 0)
        {
            await engine.SubmitAsync([.. answer.Events.Select(one => InboundEvents.Read(account, one, engine.Clock.GetCurrentInstant()))]);
        }
        context.Response.StatusCode = answer.Reply.Status;
        context.Response.ContentType = answer.Reply.ContentType;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(answer.Reply.Body), context.RequestAborted);
    }

    private static VendorCallback Callback(HttpRequest request, ReadOnlyMemory<byte> body, IClock clock) => new()
    {
        Method = request.Method,
        Headers = request.Headers.ToDictionary(one => one.Key, one => one.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        Query = request.Query.ToDictionary(one => one.Key, one => one.Value.FirstOrDefault() ?? "", StringComparer.Ordinal),
        Body = body,
        ReceivedAt = clock.GetCurrentInstant().ToDateTimeOffset(),
    };
}
