using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.Core.Journeys.Documents;
using Automation.Core.Rules;
using Automation.Core.Sending;
using Automation.Runtime.Definitions;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Automation.Server.Security;

namespace Automation.Server.Api;

/// <summary>How many contacts a condition holds for, while it is being written.</summary>
internal static class AudienceApi
{
    private const int PageSize = 500;
    private const int ExamplesMax = 5;
    private static readonly TimeSpan TimeMax = TimeSpan.FromMilliseconds(700);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/segments/count", CountAsync).Needs(Permission.Author).WithTags("segments").WithName("segments_count")
            .WithSummary("How many contacts a rule holds for now. Asks them in id order for up to 0.7 s; asked and total tell how far that was.");

    private static async Task<CountAnswer> CountAsync(
        ILedgerStore ledger, JourneyRegistry registry, IEngine engine, Counting asked, CancellationToken cancellation)
    {
        var rule = Compile(asked.Rule);
        var total = (await ledger.TotalsAsync(cancellation)).Contacts;
        var now = engine.Clock.GetCurrentInstant();
        var examples = new List<long>();
        var (matching, seen, after) = (0L, 0L, 0L);
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < TimeMax)
        {
            var page = await ledger.ContactPageAsync(after, PageSize, cancellation);
            foreach (var contact in page)
            {
                // Who became part of somebody else is counted there.
                if (contact.MergedInto is null && Preview.Matches(registry.Journeys, contact, rule, now))
                {
                    matching++;
                    if (examples.Count < ExamplesMax)
                    {
                        examples.Add(contact.Id);
                    }
                }
            }
            seen += page.Count;
            if (page.Count < PageSize)
            {
                return new CountAnswer(matching, seen, seen, examples);
            }
            after = page[^1].Id;
        }
        return new CountAnswer(matching, seen, Math.Max(total, seen), examples);
    }

    private static CompiledRule Compile(JsonElement rule)
    {
        var document = new JsonObject { ["key"] = "count", ["name"] = "count", ["rule"] = JsonNode.Parse(rule.GetRawText()) };
        var reading = SegmentDocument.Read(JsonElement.Parse(document.ToJsonString()));
        if (reading.Value is not { } segment)
        {
            throw ApiException.BadRequest("bad_rule", reading.Findings.IsEmpty ? "Expected a rule, but found something else." : reading.Findings[0].Message, "/rule");
        }
        return RuleCompiler.TryCompile(segment.Rule, out var compiled, out var problems)
            ? compiled
            : throw ApiException.BadRequest(problems[0].Code, problems[0].Message, "/rule" + problems[0].Pointer);
    }

    internal sealed record Counting(JsonElement Rule);

    /// <param name="Asked">Contacts that were asked; fewer than <paramref name="Total"/> where there are too many to ask at once.</param>
    /// <param name="Examples">Some for whom it holds.</param>
    internal sealed record CountAnswer(long Matching, long Asked, long Total, IReadOnlyList<long> Examples);
}
