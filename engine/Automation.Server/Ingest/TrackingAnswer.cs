using System.Text.Json;
using Automation.Core.Primitives;

namespace Automation.Server.Ingest;

/// <summary>
/// What the tracking API says. Segment answers 200 to a batch whatever is in it, and its SDKs would send a refused batch again;
/// so does this: <c>success</c> tells whether every event was taken, and <c>rejected</c> names those that were not.
/// </summary>
internal static class TrackingAnswer
{
    private static readonly ReadOnlyMemory<byte> AllTaken = "{\"success\":true}"u8.ToArray();

    public static Task SuccessAsync(HttpResponse response)
    {
        response.ContentType = "application/json";
        response.ContentLength = AllTaken.Length;
        return response.Body.WriteAsync(AllTaken).AsTask();
    }

    public static async Task PartlyAsync(HttpResponse response, int accepted, IReadOnlyList<IngestProblem> problems)
    {
        response.ContentType = "application/json";
        await using var to = new Utf8JsonWriter(response.BodyWriter, JsonFields.Options);
        to.WriteStartObject();
        to.WriteBoolean("success"u8, false);
        to.WriteNumber("accepted"u8, accepted);
        to.WriteNumber("rejected_count"u8, problems.Count);
        to.WriteStartArray("rejected"u8);
        foreach (var problem in problems.Take(IngestLimits.ProblemsShownMax))
        {
            to.WriteStartObject();
            to.WriteString("code"u8, problem.Code);
            to.WriteString("pointer"u8, problem.Pointer);
            to.WriteString("detail"u8, problem.Message);
            if (problem.MessageId is not null)
            {
                to.WriteString("message_id"u8, problem.MessageId);
            }
            to.WriteEndObject();
        }
        to.WriteEndArray();
        to.WriteEndObject();
    }
}
