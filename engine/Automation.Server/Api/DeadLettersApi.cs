using System.Text;
using System.Text.Json;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Automation.Server.Personal;
using Automation.Server.Security;

namespace Automation.Server.Api;

/// <summary>What came in over the broker and nobody could read: looked at, put back, or thrown away.</summary>
internal static class DeadLettersApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var letters = routes.MapGroup("/api/dead-letters").WithTags("dead letters");
        letters.MapGet("", ListAsync).Needs(Permission.Configure).WithName("dead_letters_list")
            .WithSummary("The oldest envelopes that nobody could read, with the reason. They may hold what people sent.");
        letters.MapPost("discard", DiscardAsync).Needs(Permission.Configure).WithName("dead_letters_discard")
            .WithSummary("Throws the oldest ones away, for good. expected is how many were seen; where there are others by now, nothing is thrown away.");
        letters.MapPost("replay", ReplayAsync).Needs(Permission.Configure).WithName("dead_letters_replay")
            .WithSummary("Puts the oldest ones back where they came from; what is still unreadable comes back here.");
    }

    private static async Task<DeadLettersAnswer> ListAsync(IDeadLetters letters, Sight sight, int? limit, CancellationToken cancellation) =>
        new([.. (await letters.DeadLettersAsync(Paging.Limit(limit), cancellation)).Select(letter => DeadLetterAnswer.Of(letter, sight.Fields))]);

    private static async Task<ReplayAnswer> ReplayAsync(
        HttpContext context, IDeadLetters letters, IEngine engine, int? limit, CancellationToken cancellation)
    {
        var before = await letters.CountDeadLettersAsync(cancellation);
        var count = await letters.ReplayDeadLettersAsync(Paging.Limit(limit), cancellation);
        await RecordAsync(context, letters, engine, "replay_dead_letters", before, count, null);
        return new ReplayAnswer(count);
    }

    private static async Task<DiscardAnswer> DiscardAsync(
        HttpContext context, IDeadLetters letters, IEngine engine, Discarding asked, CancellationToken cancellation)
    {
        var reason = Reason.Of(asked.Reason);
        var before = await letters.CountDeadLettersAsync(cancellation);
        if (asked.Count < 1 || asked.Count > before || asked.Expected != before)
        {
            throw ApiException.Conflict(
                "preview_outdated", $"Expected {asked.Expected} dead letters and to discard 1 to all of them, but there are {before}: look at them again.");
        }
        var count = await letters.DiscardDeadLettersAsync(asked.Count, cancellation);
        return new DiscardAnswer(count, await RecordAsync(context, letters, engine, "discard_dead_letters", before, count, reason));
    }

    private static async ValueTask<long> RecordAsync(
        HttpContext context, IDeadLetters letters, IEngine engine, string action, long before, int count, string? reason)
    {
        var after = await letters.CountDeadLettersAsync(CancellationToken.None);
        await engine.RecordAsync(
            [
                new WorkspaceFact.BulkActionEnded(action, Guid.CreateVersion7().ToString("N"), "", before, count, after)
                {
                    Actor = context.Actor(), Reason = reason,
                },
            ],
            CancellationToken.None);
        return after;
    }

    internal sealed record DeadLettersAnswer(IReadOnlyList<DeadLetterAnswer> Letters);

    /// <param name="Exchange">Where it was published.</param>
    /// <param name="Body">Its first bytes as text, masked; hidden where it cannot be read as JSON, since nobody knows then what is personal in it.</param>
    internal sealed record DeadLetterAnswer(string Exchange, string RoutingKey, string Reason, string At, int Bytes, string Body)
    {
        public static DeadLetterAnswer Of(DeadLetter letter, PersonalFields fields) =>
            new(letter.Exchange, letter.RoutingKey, PersonalMask.Text(letter.Reason), letter.At, letter.Bytes, Masked(letter.Body, fields));

        private static string Masked(string body, PersonalFields fields)
        {
            try
            {
                var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(body));
                reader.Read();
                var masked = PersonalMask.Other(PropertyJson.ReadValue(ref reader), fields);
                return ContactAnswer.Bag(PropertyBag.Of(("body", masked))).GetProperty("body").GetRawText();
            }
            catch (JsonException)
            {
                return PersonalFields.Masked;
            }
        }
    }

    internal sealed record ReplayAnswer(int Replayed);

    /// <param name="Count">How many of the oldest.</param>
    /// <param name="Expected">How many there were when they were looked at.</param>
    internal sealed record Discarding(int Count = 0, long Expected = 0, string? Reason = null);

    internal sealed record DiscardAnswer(int Discarded, long Left);
}
