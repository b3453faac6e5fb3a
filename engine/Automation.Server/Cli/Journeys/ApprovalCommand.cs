using System.CommandLine;
using System.Text.Json;
using Automation.Server.Cli.Operating;
using Automation.Server.Telling;

namespace Automation.Server.Cli.Journeys;

/// <summary><c>journey approval</c>: asking to have a draft published, and what somebody else says to it.</summary>
internal static class ApprovalCommand
{
    public static Command Create(Terminal terminal) => new("approval", "Four eyes: one asks to have a journey published, somebody else approves.")
    {
        List(terminal),
        Ask(terminal),
        Decide(terminal, "approve", "Approves somebody else's request. A key is the person who made it.", takesPublish: true),
        Decide(terminal, "reject", "Sends somebody else's request back; --comment says what to mend.", takesPublish: false),
        Withdraw(terminal),
        Set(terminal),
    };

    private static Command List(Terminal terminal) => JourneyDoor.Make(
        "list", "Shows which journeys wait for an approval, are approved, or were sent back.", [], async (_, door, cancellation) =>
        {
            var answer = await door.AskAsync(HttpMethod.Get, "/api/journeys", null, cancellation);
            var asked = answer.GetProperty("journeys").EnumerateArray().Where(one => one.TryGetProperty("approval", out var _)).ToList();
            if (terminal.Json)
            {
                terminal.Document(to =>
                {
                    to.WriteStartArray();
                    asked.ForEach(one => one.WriteTo(to));
                    to.WriteEndArray();
                });
                return ExitCodes.Fine;
            }
            foreach (var one in asked)
            {
                var request = one.GetProperty("approval");
                terminal.Say($"{Text(one, "key")}  {Text(request, "status")}, request {Text(request, "number")} of {Text(request, "asked_by")} since {Text(request, "asked_at")}");
            }
            terminal.Say(asked.Count == 0 ? "Nobody waits for an approval." : $"{Counted.Of(asked.Count, "request")}.");
            return ExitCodes.Fine;
        },
        "viewer or more");

    private static Command Ask(Terminal terminal)
    {
        var (journey, comment) = (Journey(), Comment("For whoever approves."));
        var (inFlight, existing) = (JourneyCommand.InFlight(), JourneyCommand.CountExisting());
        return JourneyDoor.Make("ask", "Asks to have the draft published as it is now.", [journey, comment, inFlight, existing], async (parsed, door, cancellation) =>
        {
            var answer = await door.AskAsync(
                HttpMethod.Post, Path(parsed.GetValue(journey)!),
                JsonContent.Create(new { comment = parsed.GetValue(comment), in_flight = parsed.GetValue(inFlight), count_existing = parsed.GetValue(existing) }), cancellation);
            return OperatorDoor.Tell(terminal, answer, () =>
                [$"Request {Text(answer, "number")} waits for somebody else: automation journey approval approve {parsed.GetValue(journey)} --number {Text(answer, "number")}"]);
        });
    }

    private static Command Decide(Terminal terminal, string name, string description, bool takesPublish)
    {
        var (journey, number, comment) = (Journey(), Number(), Comment("Stands in the ledger."));
        var publish = new Option<bool>("--publish") { Description = "Publishes it at once, as it was asked for." };
        Symbol[] more = takesPublish ? [journey, number, comment, publish] : [journey, number, comment];
        return JourneyDoor.Make(name, description, more, async (parsed, door, cancellation) =>
        {
            var (about, request, words) = (parsed.GetValue(number), parsed.GetValue(journey)!, parsed.GetValue(comment));
            var answer = await door.AskAsync(
                HttpMethod.Post, $"{Path(request)}/{name}",
                takesPublish ? JsonContent.Create(new { number = about, comment = words, publish = parsed.GetValue(publish) }) : JsonContent.Create(new { number = about, comment = words }),
                cancellation);
            return OperatorDoor.Tell(terminal, answer, () =>
            [
                !takesPublish ? $"Request {about} of {request} is rejected."
                : answer.TryGetProperty("version", out var version) ? $"Request {about} of {request} is approved, and published as version {version}."
                : $"Request {about} of {request} is approved: automation journey publish {request}",
            ]);
        });
    }

    private static Command Withdraw(Terminal terminal)
    {
        var (journey, number) = (Journey(), Number());
        return JourneyDoor.Make("withdraw", "Takes one's own request back.", [journey, number], async (parsed, door, cancellation) =>
        {
            var answer = await door.AskAsync(
                HttpMethod.Post, $"{Path(parsed.GetValue(journey)!)}/withdraw", JsonContent.Create(new { number = parsed.GetValue(number) }), cancellation);
            return OperatorDoor.Tell(terminal, answer, () => [$"Request {parsed.GetValue(number)} of {parsed.GetValue(journey)} is withdrawn."]);
        });
    }

    private static Command Set(Terminal terminal)
    {
        var need = new Argument<string?>("need") { Description = "none or required. Without it, says what it is.", Arity = ArgumentArity.ZeroOrOne };
        return JourneyDoor.Make("setting", "Whether publishing needs somebody else's approval. Only admins change it, and it is a fact.", [need], async (parsed, door, cancellation) =>
        {
            var answer = parsed.GetValue(need) is { } wanted
                ? await door.AskAsync(HttpMethod.Put, "/api/settings/approval", JsonContent.Create(new { approval = wanted }), cancellation)
                : await door.AskAsync(HttpMethod.Get, "/api/settings/approval", null, cancellation);
            return OperatorDoor.Tell(terminal, answer, () => [$"Approval before publishing: {Text(answer, "approval")}."]);
        },
        "admin");
    }

    private static Argument<string> Journey() => new("journey") { Description = "The journey's key." };

    private static Option<int> Number() => new("--number") { Description = "The request that was looked at, as list shows it.", HelpName = "N", Required = true };

    private static Option<string?> Comment(string description) => new("--comment") { Description = description, HelpName = "TEXT" };

    private static string Path(string journey) => $"/api/journeys/{Uri.EscapeDataString(journey)}/approval";

    private static string Text(JsonElement of, string name) => of.GetProperty(name).ToString();
}
