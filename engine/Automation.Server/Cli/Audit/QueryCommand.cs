using System.CommandLine;
using System.Globalization;
using Automation.Core.Deciding;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using Automation.Server.Telling;
using NodaTime;
using Command = System.CommandLine.Command;

namespace Automation.Server.Cli.Audit;

/// <summary><c>audit query</c>: the newest facts that match, oldest of them first, as a table or as JSON; with <c>--follow</c> also what comes.</summary>
internal static class QueryCommand
{
    private const int LimitMax = 100_000;

    // Partitions commit side by side, so a fact may come to light a little after a later one.
    private static readonly Duration Overlap = Duration.FromSeconds(15);
    private static readonly TimeSpan FollowEvery = TimeSpan.FromSeconds(1);

    public static Command Create(Terminal terminal)
    {
        var where = new AuditOptions();
        var contact = new Option<string?>("--contact") { Description = "A user id, an identity (phone=+8613800138000), or id=42." };
        var journey = new Option<string?>("--journey") { Description = "Key of a journey." };
        var step = new Option<string?>("--step") { Description = "Id of a step." };
        var kind = new Option<string?>("--kind") { Description = "Kind of fact, e.g. enrolled, not_enrolled, message_suppressed." };
        var reason = new Option<string?>("--reason") { Description = "Reason code, e.g. frequency_cap." };
        var actor = new Option<string?>("--actor") { Description = "Whose command it was." };
        var channel = new Option<string?>("--channel") { Description = "Of facts about a message or a consent." };
        var account = new Option<string?>("--account") { Description = "Of messages that were queued." };
        var message = new Option<Guid?>("--message") { Description = "Id of a message." };
        var text = new Option<string?>("--text") { Description = "A piece of the details; beside --contact, --message or --actor." };
        var from = new Option<string?>("--from") { Description = "Facts from this time on: 2026-03-01, or with time and offset." };
        var to = new Option<string?>("--to") { Description = "Facts before this time." };
        var limit = new Option<int>("--limit") { Description = "At most so many, the newest.", DefaultValueFactory = _ => 100 };
        var language = SpokenLanguage.Option();
        var follow = new Option<bool>("--follow") { Description = "Goes on with what comes, until it is interrupted." };
        var command = new Command("query", "Lists facts.")
        {
            contact, journey, step, kind, reason, actor, channel, account, message, text, from, to, limit, language, follow,
        };
        where.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var desk = await where.OpenAsync(parsed, cancellation);
            var times = await desk.TimesAsync(cancellation);
            var asked = new FactsAsked(parsed.GetValue(contact), new FactQuery(
                Journey: parsed.GetValue(journey),
                Step: parsed.GetValue(step),
                Kind: Kind(parsed.GetValue(kind)),
                Reason: parsed.GetValue(reason),
                Actor: parsed.GetValue(actor),
                From: parsed.GetValue(from) is { } begin ? times.Read("--from", begin) : null,
                To: parsed.GetValue(to) is { } end ? times.Read("--to", end) : null,
                Limit: Limit(parsed.GetValue(limit)))
            {
                Channel = parsed.GetValue(channel), Account = parsed.GetValue(account), Message = parsed.GetValue(message), Text = parsed.GetValue(text),
            });
            if (asked.Query is { Text: not null, Actor: null, Message: null } && asked.Contact is null)
            {
                throw new CannotRunException("text_needs_contact", "Expected --contact, --message or --actor beside --text, but found none: details are read one by one.");
            }
            var rows = (await desk.FactsAsync(asked, cancellation)).Reverse().ToList();
            var sheet = new FactSheet(terminal, desk, new Wording(times, SpokenLanguage.Known(parsed.GetValue(language)!) == "zh"));
            await sheet.ShowAsync(rows, asked.Query, cancellation);
            if (parsed.GetValue(follow))
            {
                await FollowAsync(desk, sheet, asked, rows, cancellation);
            }
            return ExitCodes.Fine;
        });
        return command;
    }

    private static async Task FollowAsync(AuditDesk desk, FactSheet sheet, FactsAsked asked, List<LedgerRow> shown, CancellationToken cancellation)
    {
        var seen = shown.Select(row => (row.At, row.Place)).ToHashSet();
        var newest = shown.Count > 0 ? shown.Max(row => row.At) : SystemClock.Instance.GetCurrentInstant();
        using var beat = new PeriodicTimer(FollowEvery);
        try
        {
            while (await beat.WaitForNextTickAsync(cancellation))
            {
                var since = asked.Query.From is { } from ? Instant.Max(from, newest - Overlap) : newest - Overlap;
                var rows = await desk.FactsAsync(asked with { Query = asked.Query with { From = since, NewestFirst = false, Limit = LimitMax } }, cancellation);
                foreach (var row in rows.Where(row => seen.Add((row.At, row.Place))))
                {
                    newest = Instant.Max(newest, row.At);
                    await sheet.AddAsync(row, cancellation);
                }
                seen.RemoveWhere(one => one.At < newest - Overlap - Overlap);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }

    private static string? Kind(string? kind) => kind is null || FactJson.KindNames.Contains(kind, StringComparer.Ordinal)
        ? kind
        : throw new CannotRunException("unknown_kind", $"Expected one of {string.Join(", ", FactJson.KindNames.Order(StringComparer.Ordinal))}, but found '{kind}'.{Nearest.Hint(kind, FactJson.KindNames)}");

    private static int Limit(int limit) => limit is >= 1 and <= LimitMax
        ? limit
        : throw new CannotRunException("bad_limit", string.Create(CultureInfo.InvariantCulture, $"Expected a limit from 1 to {LimitMax}, but found {limit}."));
}
