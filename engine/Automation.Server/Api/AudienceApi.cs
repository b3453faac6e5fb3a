using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.Core.Contacts;
using Automation.Core.Journeys.Documents;
using Automation.Core.Journeys.Linting;
using Automation.Core.Rules;
using Automation.Core.Sending;
using Automation.Core.Triggers;
using Automation.Runtime.Definitions;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Automation.Server.Personal;
using Automation.Server.Security;

namespace Automation.Server.Api;

/// <summary>How many contacts a condition holds for, while it is being written; and how many would enter a journey, before it is published.</summary>
internal static class AudienceApi
{
    private const int PageSize = 500;
    private const int ExamplesMax = 5;
    private static readonly TimeSpan TimeMax = TimeSpan.FromMilliseconds(700);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/segments/count", CountAsync).Needs(Permission.Author).WithTags("segments").WithName("segments_count")
            .WithSummary("How many contacts a rule holds for now. Asks them in id order for up to 0.7 s; asked and total tell how far that was.");
        routes.MapPost("/api/journeys/{key}/forecast", ForecastAsync).Needs(Permission.Author).WithTags("journeys").WithName("journeys_forecast")
            .WithSummary("How many contacts would enter if the document were published now: those who match already, and those of the first day. Saves nothing.");
    }

    private static async Task<CountAnswer> CountAsync(
        MaskedLedger ledger, JourneyRegistry registry, IEngine engine, Counting asked, CancellationToken cancellation)
    {
        var rule = Compile(asked.Rule);
        var now = engine.Clock.GetCurrentInstant();
        var examples = new List<long>();
        var matching = 0L;
        var (seen, total) = await AskAsync(
            ledger.ForCounting,
            contact =>
            {
                if (Preview.Matches(registry.Journeys, contact, rule, now))
                {
                    matching++;
                    if (examples.Count < ExamplesMax)
                    {
                        examples.Add(contact.Id);
                    }
                }
            },
            cancellation);
        return new CountAnswer(matching, seen, total, examples);
    }

    private static async Task<ForecastAnswer> ForecastAsync(
        MaskedLedger ledger, JourneyRegistry registry, DefinitionDesk desk, IEngine engine, string key, JsonElement document, CancellationToken cancellation)
    {
        var findings = desk.Check(DefinitionKinds.Journey, key, document.GetRawText());
        var hasErrors = findings.Any(finding => finding.Severity == Severity.Error);
        if (hasErrors || JourneyDocument.Read(document).Value is not { } journey)
        {
            throw ApiException.BadRequest("findings", "Expected a journey that could be published, but lint finds errors in it.", "/");
        }
        var forecast = new Forecast(registry.Journeys, journey, engine.Clock.GetCurrentInstant());
        if (!forecast.IsKnown)
        {
            return new ForecastAnswer(false, 0, 0, 0, 0);
        }
        var (already, soon) = (0L, 0L);
        var (seen, total) = await AskAsync(
            ledger.ForCounting,
            contact =>
            {
                var prospect = forecast.Of(contact);
                already += prospect == Prospect.Already ? 1 : 0;
                soon += prospect == Prospect.Soon ? 1 : 0;
            },
            cancellation);
        return new ForecastAnswer(true, already, soon, seen, total);
    }

    /// <summary>Asks contacts in id order until all were asked or the time is up.</summary>
    /// <returns>How many were asked, and of how many.</returns>
    private static async Task<(long Asked, long Total)> AskAsync(ILedgerStore ledger, Action<Contact> ask, CancellationToken cancellation)
    {
        var total = (await ledger.TotalsAsync(cancellation)).Contacts;
        var (seen, after) = (0L, 0L);
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < TimeMax)
        {
            var page = await ledger.ContactPageAsync(after, PageSize, cancellation);
            // Who became part of somebody else is counted there.
            foreach (var contact in page.Where(one => one.MergedInto is null))
            {
                ask(contact);
            }
            seen += page.Count;
            if (page.Count < PageSize)
            {
                return (seen, seen);
            }
            after = page[^1].Id;
        }
        return (seen, Math.Max(total, seen));
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

    /// <param name="Known">False where nobody can know: a calendar, a tag, or somebody's hand starts it.</param>
    /// <param name="Already">Match already, and enter at once if those who match already may.</param>
    /// <param name="Soon">Enter within the first day; where an event starts it, as many as did it in the last day.</param>
    internal sealed record ForecastAnswer(bool Known, long Already, long Soon, long Asked, long Total);
}
