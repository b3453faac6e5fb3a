using Automation.Core.Contacts;
using Automation.Runtime.Loop;
using Automation.Server.Api;
using Automation.Server.Hosting;
using Automation.Server.Security;

namespace Automation.Server.Ingest;

/// <summary>
/// From a request to events in the loop: one request is one envelope, answered when it is durable. What cannot be taken is
/// refused at once, so that the sender keeps it.
/// </summary>
internal sealed partial class TrackingDoor(
    IEngine engine, KeyRing keys, IngestRejections rejections, KeyRefusals refusals, ServerOptions options, ILogger<TrackingDoor> log)
{
    public async Task TakeAsync(HttpContext context, EventType? type)
    {
        Cors.Allow(context.Response);
        if (engine.Backlog.Stimuli >= options.BacklogMax)
        {
            throw ApiException.TooBusy(engine.Backlog.Stimuli, options.BacklogMax);
        }
        var presented = PresentedKey.Of(context.Request);
        var key = presented is null ? null : await AuthorizeAsync(context, presented);
        using var body = type is null
            ? await RequestBody.ReadAsync(context.Request, IngestLimits.BatchBytesMax, IngestCodes.BatchTooLarge)
            : await RequestBody.ReadAsync(context.Request, IngestLimits.EventBytesMax, IngestCodes.EventTooLarge);
        var outline = body.Problem is null ? TrackingBody.Scan(body.Bytes.Span, isBatch: type is null) : null;
        key ??= await AuthorizeAsync(context, outline?.WriteKey);
        if ((body.Problem ?? outline?.Problem) is { } problem)
        {
            await RefuseAsync(problem, key);
        }
        var (events, problems, notes) = Read(body.Bytes.Span, outline!, type);
        if (type is not null && problems.Count > 0)
        {
            await RefuseAsync(problems[0], key);
        }
        if (events.Count > 0)
        {
            await engine.SubmitAsync(events);
            LogTaken(events.Count, events[0].MessageId);
        }
        if (notes.Count > 0)
        {
            await rejections.RecordAsync(notes, key.Actor);
        }
        if (problems.Count == 0)
        {
            await TrackingAnswer.SuccessAsync(context.Response);
            return;
        }
        await rejections.RecordAsync(problems, key.Actor);
        await TrackingAnswer.PartlyAsync(context.Response, events.Count, problems);
    }

    private (List<ContactEvent> Events, List<IngestProblem> Problems, List<IngestProblem> Notes) Read(
        ReadOnlySpan<byte> json, TrackingBody outline, EventType? type)
    {
        var notes = new List<IngestProblem>();
        var source = new TrackingSource
        {
            Type = type,
            ReceivedAt = engine.Clock.GetCurrentInstant(),
            SentAt = outline.SentAt,
            Identities = outline.Identities,
            Notes = notes,
        };
        var events = new List<ContactEvent>(outline.Calls.Count);
        var problems = new List<IngestProblem>();
        for (var i = 0; i < outline.Calls.Count; i++)
        {
            var call = json[outline.Calls[i]];
            var pointer = type is null ? FormattableString.Invariant($"/batch/{i}") : "";
            var problem = call.Length > IngestLimits.EventBytesMax
                ? new IngestProblem(
                    IngestCodes.EventTooLarge, pointer, $"Expected at most {IngestLimits.EventBytesMax} bytes, but found {call.Length}.")
                : null;
            if (problem is null && TrackingEvents.Read(call, pointer, source, out problem) is { } happened)
            {
                events.Add(happened);
            }
            if (problem is not null)
            {
                problems.Add(problem);
            }
        }
        return (events, problems, notes);
    }

    private async ValueTask<ApiKey> AuthorizeAsync(HttpContext context, string? presented)
    {
        var key = presented is null ? null : await keys.FindAsync(presented);
        if (key is null)
        {
            refusals.Note(presented is not null, context.Connection.RemoteIpAddress?.ToString());
            throw ApiException.NoKey(presented is not null);
        }
        return key.May(Permission.Track) ? key : throw ApiException.Forbidden(key.Role, Permission.Track);
    }

    private async Task RefuseAsync(IngestProblem problem, ApiKey key)
    {
        await rejections.RecordAsync([problem], key.Actor);
        var status = problem.Code switch
        {
            IngestCodes.EventTooLarge or IngestCodes.BatchTooLarge => StatusCodes.Status413PayloadTooLarge,
            IngestCodes.UnsupportedEncoding => StatusCodes.Status415UnsupportedMediaType,
            _ => StatusCodes.Status400BadRequest,
        };
        throw new ApiException(status, problem.Code, problem.Message) { Pointer = problem.Pointer };
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Decided: {Count} events, the first with the message id {EventMessage}")]
    private partial void LogTaken(int count, string eventMessage);
}
