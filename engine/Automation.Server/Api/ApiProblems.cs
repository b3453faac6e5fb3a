using System.Diagnostics;
using System.Text.Json;
using Automation.Connectors;
using Automation.Core.Primitives;
using Automation.Runtime.Definitions;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;

namespace Automation.Server.Api;

/// <summary>
/// Every error in one shape: problem details (RFC 9457) with a stable <c>code</c>. What nobody expected gives a trace id and nothing
/// of its text, which may hold anything; the log has the rest under the same id.
/// </summary>
internal static partial class ApiProblems
{
    public static void UseApiProblems(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Automation.Server.Api");
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
            {
                return; // Nobody is there to be answered.
            }
#pragma warning disable CA1031 // The last resort of every request.
            catch (Exception error)
#pragma warning restore CA1031
            {
                if (context.Response.HasStarted)
                {
                    LogAfterStart(log, error);
                    context.Abort();
                    return;
                }
                await WriteAsync(context, Of(error, log));
                return;
            }
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null } && context.Response.ContentLength is null or 0)
            {
                await WriteAsync(context, OfStatus(context));
            }
        });
    }

    private static ApiException Of(Exception error, ILogger log) => error switch
    {
        ApiException known => known,
        DefinitionRefusedException refused => Refused(refused),
        StoreFullException => Unavailable("store_full", "Expected room for one more commit, but the disk is full; nothing of the request was written.", 5),
        EngineUnavailableException => Unavailable("engine_unavailable", "Expected a running engine, but it is stopping or cannot commit; nothing of the request was written.", 2),
        EngineFullException => new ApiException(
            StatusCodes.Status429TooManyRequests, "too_many_requests", "Expected room in the queue, but it is full; nothing of the request was kept.")
        {
            RetryAfterSeconds = 2,
        },
        ConnectorConfigurationException wrong => ApiException.BadRequest("bad_configuration", wrong.Message, wrong.Path),
        JsonException wrong => ApiException.BadRequest(
            "malformed_json", $"Expected JSON of the documented shape, but it breaks in line {(wrong.LineNumber ?? 0) + 1}.", PointerOf(wrong)),
        BadHttpRequestException { InnerException: JsonException wrong } => Of(wrong, log),
        BadHttpRequestException { StatusCode: 413 } => new(413, "body_too_large", "Expected a smaller body, but it is over the limit."),
        BadHttpRequestException wrong => new(wrong.StatusCode, "bad_request", $"Expected a request of the documented shape, but: {wrong.Message}"),
        _ => Unexpected(error, log),
    };

    private static ApiException Refused(DefinitionRefusedException refused) => refused.Code switch
    {
        DefinitionRefusedException.Codes.Findings => new(StatusCodes.Status422UnprocessableEntity, refused.Code, refused.Message)
        {
            Pointer = refused.Findings.IsEmpty ? null : refused.Findings[0].Pointer,
            Findings = refused.Findings,
        },
        DefinitionRefusedException.Codes.NotFound => new(StatusCodes.Status404NotFound, refused.Code, refused.Message),
        DefinitionRefusedException.Codes.RevisionConflict => new(StatusCodes.Status412PreconditionFailed, refused.Code, refused.Message),
        DefinitionRefusedException.Codes.KeyMismatch => ApiException.BadRequest(refused.Code, refused.Message, "/key"),
        _ => ApiException.Conflict(refused.Code, refused.Message),
    };

    // The serializer's path is $.steps[2].id; ours are JSON pointers everywhere.
    private static string PointerOf(JsonException wrong) =>
        (wrong.Path ?? "").TrimStart('$').Replace('.', '/').Replace('[', '/').Replace("]", "", StringComparison.Ordinal);

    private static ApiException OfStatus(HttpContext context) => context.Response.StatusCode switch
    {
        404 => new(404, "not_found", "Expected an address of this server, but there is nothing at this one."),
        405 => new(405, "method_not_allowed", $"Expected another method than {context.Request.Method}, but this address does not take it."),
        415 => new(415, "unsupported_media_type", "Expected the content type application/json, but found another."),
        var status => new(status, "refused", "Expected another request, but this one was refused."),
    };

    private static ApiException Unavailable(string code, string message, int retryAfter) =>
        new(StatusCodes.Status503ServiceUnavailable, code, message) { RetryAfterSeconds = retryAfter };

    private static ApiException Unexpected(Exception error, ILogger log)
    {
        LogUnexpected(log, error);
        return new(StatusCodes.Status500InternalServerError, "internal_error", "Expected an answer, but the server failed; its log has the trace id.");
    }

    private static async Task WriteAsync(HttpContext context, ApiException problem)
    {
        var response = context.Response;
        response.StatusCode = problem.Status;
        response.ContentType = "application/problem+json";
        if (problem.RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        if (problem.Status == StatusCodes.Status401Unauthorized && !IsFromScript(context.Request))
        {
            // A browser asks for the key by this header. For a page's own script it would only get in the way.
            response.Headers.WWWAuthenticate = "Basic realm=\"automation\", charset=\"UTF-8\"";
        }
        await using var to = new Utf8JsonWriter(response.BodyWriter, JsonFields.Options);
        to.WriteStartObject();
        to.WriteString("type"u8, $"urn:automation:problem:{problem.Code}");
        to.WriteString("title"u8, Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(problem.Status));
        to.WriteNumber("status"u8, problem.Status);
        to.WriteString("code"u8, problem.Code);
        to.WriteString("detail"u8, problem.Message);
        if (problem.Pointer is not null)
        {
            to.WriteString("pointer"u8, problem.Pointer);
        }
        if (problem.Revision is { } revision)
        {
            to.WriteNumber("revision"u8, revision);
        }
        if (problem.Findings is { } findings)
        {
            to.WritePropertyName("findings"u8);
            JsonSerializer.Serialize(to, findings.Select(FindingAnswer.Of), ApiJson.Options);
        }
        if (problem.Status >= 500)
        {
            to.WriteString("trace_id"u8, Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier);
        }
        to.WriteEndObject();
    }

    // Scripts' requests do not always carry an origin, but browsers say that they are no navigation.
    private static bool IsFromScript(HttpRequest request) =>
        request.Headers.ContainsKey("Origin") || request.Headers["Sec-Fetch-Mode"].ToString() is not ("" or "navigate");

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed in a way nobody expected")]
    private static partial void LogUnexpected(ILogger log, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An answer broke off after it had begun")]
    private static partial void LogAfterStart(ILogger log, Exception error);
}
