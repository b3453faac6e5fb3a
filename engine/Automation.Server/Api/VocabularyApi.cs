using Automation.Core.Primitives;
using Automation.Runtime.Definitions;
using Automation.Runtime.Ports;
using Automation.Server.Security;

namespace Automation.Server.Api;

/// <summary>The words that a condition or a template may use: events that were really seen, with their properties and a value of each.</summary>
internal static class VocabularyApi
{
    private const int FactsMax = 300;
    private const int ContactsMax = 60;
    private const int EventsMax = 20;
    private const int SamplesMax = 5;
    private const int SampleLengthMax = 80;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/vocabulary", ReadAsync).Needs(Permission.Read).WithTags("contacts").WithName("vocabulary")
            .WithSummary("Events that contacts of late really did, with their properties and sample values. Names and numbers of people are left out.");

    private static async Task<VocabularyAnswer> ReadAsync(ILedgerStore ledger, JourneyRegistry registry, CancellationToken cancellation)
    {
        var recent = await ledger.FactsAsync(new FactQuery(Limit: FactsMax), cancellation);
        var first = await ledger.ContactPageAsync(0, ContactsMax, cancellation);
        var events = new SortedDictionary<string, SortedDictionary<string, List<object>>>(StringComparer.Ordinal);
        foreach (var contact in recent.Select(fact => fact.Contact).Concat(first.Select(one => one.Id)).Where(id => id > 0).Distinct().Take(ContactsMax))
        {
            foreach (var happened in (await ledger.EventsAsync(contact, EventsMax, cancellation)).Where(one => one.IsBehaviour))
            {
                if (!events.TryGetValue(happened.Name, out var properties))
                {
                    events[happened.Name] = properties = new SortedDictionary<string, List<object>>(StringComparer.Ordinal);
                }
                foreach (var (name, value) in happened.Properties)
                {
                    Add(properties, name, value, registry.Journeys.Settings.Personal);
                }
            }
        }
        return new VocabularyAnswer([.. events.Select(one => new SeenEvent(
            one.Key, [.. one.Value.Select(property => new SeenProperty(property.Key, property.Value))]))]);
    }

    private static void Add(SortedDictionary<string, List<object>> properties, string name, object? value, PersonalFields personal)
    {
        if (!properties.TryGetValue(name, out var samples))
        {
            properties[name] = samples = [];
        }
        var isPlain = value is bool or long or decimal or double || value is string { Length: > 0 and <= SampleLengthMax };
        if (isPlain && samples.Count < SamplesMax && !samples.Contains(value!) && !personal.Contains(name))
        {
            samples.Add(value!);
        }
    }

    internal sealed record VocabularyAnswer(IReadOnlyList<SeenEvent> Events);

    internal sealed record SeenEvent(string Name, IReadOnlyList<SeenProperty> Properties);

    /// <param name="Samples">Some values it had; none for names and numbers of people, and for what is no plain value.</param>
    internal sealed record SeenProperty(string Name, IReadOnlyList<object> Samples);
}
