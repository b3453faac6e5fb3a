using System.Text;
using System.Text.Json;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using Automation.Server.Personal;
using Automation.Server.Security;

namespace Automation.Server.Api;

/// <summary>What came in over the broker and nobody could read: looked at, and put back.</summary>
internal static partial class DeadLettersApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var letters = routes.MapGroup("/api/dead-letters").WithTags("dead letters");
        letters.MapGet("", ListAsync).Needs(Permission.Configure).WithName("dead_letters_list")
            .WithSummary("The oldest envelopes that nobody could read, with the reason. They may hold what people sent.");
        letters.MapPost("replay", ReplayAsync).Needs(Permission.Configure).WithName("dead_letters_replay")
            .WithSummary("Puts the oldest ones back where they came from; what is still unreadable comes back here.");
    }

    private static async Task<DeadLettersAnswer> ListAsync(IDeadLetters letters, Sight sight, int? limit, CancellationToken cancellation) =>
        new([.. (await letters.DeadLettersAsync(Paging.Limit(limit), cancellation)).Select(letter => DeadLetterAnswer.Of(letter, sight.Fields))]);

    private static async Task<ReplayAnswer> ReplayAsync(
        HttpContext context, IDeadLetters letters, ILoggerFactory logs, int? limit, CancellationToken cancellation)
    {
        var count = await letters.ReplayDeadLettersAsync(Paging.Limit(limit), cancellation);
        LogReplayed(logs.CreateLogger("Automation.Server.Api"), context.Actor(), count);
        return new ReplayAnswer(count);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Actor} put {Count} dead letters back where they came from")]
    private static partial void LogReplayed(ILogger log, string actor, int count);

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
}
