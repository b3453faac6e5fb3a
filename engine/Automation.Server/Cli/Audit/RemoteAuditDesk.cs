using System.Globalization;
using System.Text;
using System.Text.Json;
using Automation.Runtime.Partitions;
using Automation.Runtime.Ports;
using Automation.Server.Api;
using Automation.Server.Telling;
using NodaTime;
using NodaTime.Text;

namespace Automation.Server.Cli.Audit;

/// <summary>Asks a server that runs, over its API: what an operator without the store's password can do.</summary>
internal sealed class RemoteAuditDesk(ServerClient door) : AuditDesk
{
    private const string Audit = "/api/audit";

    // What is null is left out of an answer.
    private static readonly JsonSerializerOptions Reading = new(ApiJson.Options) { RespectRequiredConstructorParameters = false };

    public override async ValueTask<LocalTimes> TimesAsync(CancellationToken cancellation)
    {
        var settings = await door.AskAsync(HttpMethod.Get, "/api/settings", null, cancellation);
        return settings.TryGetProperty("document", out var document) && document.ValueKind == JsonValueKind.Object
            && document.TryGetProperty("time_zone", out var zone) ? LocalTimes.Of(zone.GetString()) : LocalTimes.Default;
    }

    public override async ValueTask<WhyAnswer> WhyAsync(WhyAsked asked, CancellationToken cancellation)
    {
        var answer = await door.AskAsync(HttpMethod.Get, Query(
            "/why", ("contact", ContactText(asked.Contact)), ("journey", asked.Journey), ("message", asked.Message?.ToString()), ("day", asked.Day),
            ("language", asked.Language)), null, cancellation);
        return answer.Deserialize<WhyAnswer>(Reading)!;
    }

    public override async ValueTask<SummaryAnswer> SummaryAsync(SummaryAsked asked, CancellationToken cancellation)
    {
        var answer = await door.AskAsync(HttpMethod.Get, Query(
            "/summary", ("day", asked.Day), ("from", asked.From), ("to", asked.To), ("about", asked.About), ("by", asked.By), ("journey", asked.Journey),
            ("step", asked.Step), ("channel", asked.Channel), ("account", asked.Account), ("kind", asked.Kind), ("reason", asked.Reason),
            ("language", asked.Language)), null, cancellation);
        return answer.Deserialize<SummaryAnswer>(Reading)!;
    }

    public override async ValueTask<IReadOnlyList<LedgerRow>> FactsAsync(FactsAsked asked, CancellationToken cancellation)
    {
        var query = asked.Query;
        var rows = new List<LedgerRow>();
        long? next = null;
        do
        {
            var answer = await door.AskAsync(HttpMethod.Get, Query(
                "", ("contact", asked.Contact is { } name ? ContactText(name) : null), ("journey", query.Journey), ("step", query.Step), ("kind", query.Kind),
                ("reason", query.Reason), ("actor", query.Actor), ("channel", query.Channel), ("account", query.Account),
                ("message", query.Message?.ToString()), ("text", query.Text), ("from", Time(query.From)), ("to", Time(query.To)),
                ("order", query.NewestFirst ? null : "oldest"), (query.NewestFirst ? "before" : "after", next?.ToString(CultureInfo.InvariantCulture)),
                ("limit", Math.Min(Paging.LimitMax, query.Limit - rows.Count).ToString(CultureInfo.InvariantCulture))), null, cancellation);
            rows.AddRange(answer.GetProperty("facts").Deserialize<List<FactAnswer>>(Reading)!.Select(Row));
            next = answer.TryGetProperty("next", out var place) ? place.GetInt64() : null;
        }
        while (next is not null && rows.Count < query.Limit);
        return rows;
    }

    // A look-up each is too much over a wire; the number finds the contact as well.
    public override ValueTask<string> NameAsync(long contact, CancellationToken cancellation) =>
        ValueTask.FromResult(contact == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"id={contact}"));

    public override ValueTask DisposeAsync()
    {
        door.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>As the API names contacts: a bare number is one's id there, and a user id here.</summary>
    private static string ContactText(string name)
    {
        var equals = name.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? name[..equals] == "id" ? name[(equals + 1)..] : $"{name[..equals]}:{name[(equals + 1)..]}"
            : $"user_id:{name}";
    }

    private static string? Time(Instant? at) => at is { } moment ? InstantPattern.ExtendedIso.Format(moment) : null;

    private static LedgerRow Row(FactAnswer fact) => new(
        PartitionedNumber.Partition(fact.Sequence), PartitionedNumber.Count(fact.Sequence), Instant.FromDateTimeOffset(fact.At), fact.Contact, fact.Journey,
        fact.Version, fact.Ordinal, fact.Step, fact.Kind, fact.Reason, fact.Cause, fact.Actor, fact.Details.GetRawText());

    private static string Query(string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var text = new StringBuilder(Audit).Append(path);
        var mark = '?';
        foreach (var (name, value) in parameters)
        {
            if (value is not null)
            {
                text.Append(mark).Append(name).Append('=').Append(Uri.EscapeDataString(value));
                mark = '&';
            }
        }
        return text.ToString();
    }
}
