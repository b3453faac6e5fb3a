using System.CommandLine;

namespace Automation.Server.Cli.Journeys;

/// <summary><c>journey</c>: publishes a draft, and asks for or gives the approval that publishing may need, through a server that runs.</summary>
internal static class JourneyCommand
{
    private static readonly string[] Choices = ["stay", "move", "exit"];

    public static Command Create(Terminal terminal) => new("journey", "Publishes journeys, and has them approved where that is needed.")
    {
        Publish(terminal),
        ApprovalCommand.Create(terminal),
    };

    internal static Option<string> InFlight()
    {
        var option = new Option<string>("--in-flight")
        {
            Description = "What becomes of people on the way in older versions: stay, move or exit. Default: stay.", HelpName = "CHOICE", DefaultValueFactory = _ => "stay",
        };
        option.Validators.Add(result =>
        {
            if (!Choices.Contains(result.GetValueOrDefault<string>(), StringComparer.Ordinal))
            {
                result.AddError($"Expected stay, move or exit after --in-flight, but found '{result.GetValueOrDefault<string>()}'.");
            }
        });
        return option;
    }

    internal static Option<bool> CountExisting() =>
        new("--count-existing") { Description = "Also those may enter who match a dormancy, date or segment trigger already." };

    private static Command Publish(Terminal terminal)
    {
        var journey = new Argument<string>("journey") { Description = "The journey's key." };
        var (inFlight, existing) = (InFlight(), CountExisting());
        return JourneyDoor.Make("publish", "Makes the draft the version that enrols.", [journey, inFlight, existing], async (parsed, door, cancellation) =>
        {
            var key = parsed.GetValue(journey)!;
            try
            {
                var answer = await door.AskAsync(
                    HttpMethod.Post, $"/api/journeys/{Uri.EscapeDataString(key)}/publish",
                    JsonContent.Create(new { in_flight = parsed.GetValue(inFlight), count_existing = parsed.GetValue(existing) }), cancellation);
                return Operating.OperatorDoor.Tell(terminal, answer, () => [$"{key} is published as version {answer.GetProperty("version").GetInt32()}."]);
            }
            catch (CannotRunException refused) when (refused.Problem is "approval_required" or "approval_stale")
            {
                terminal.Fail(refused.Problem, refused.Message);
                terminal.Note(await NextAsync(door, key, cancellation));
                return ExitCodes.CouldNotRun;
            }
        });
    }

    /// <summary>What whoever wanted to publish does now.</summary>
    private static async Task<string> NextAsync(ServerClient door, string key, CancellationToken cancellation)
    {
        var standing = await door.AskAsync(HttpMethod.Get, $"/api/journeys/{Uri.EscapeDataString(key)}/approval", null, cancellation);
        return standing.TryGetProperty("request", out var request) && request.GetProperty("status").GetString() == "open"
            ? $"Somebody who did not work on it approves: automation journey approval approve {key} --number {request.GetProperty("number").GetInt32()}"
            : $"Ask for it, and then have somebody else approve: automation journey approval ask {key} --comment TEXT";
    }
}

/// <summary>What the commands about journeys have in common: the server and the key.</summary>
internal static class JourneyDoor
{
    public static Command Make(
        string name, string description, IEnumerable<Symbol> more, Func<ParseResult, ServerClient, CancellationToken, Task<int>> run, string roles = "marketer, developer or admin")
    {
        var server = new Option<string>("--server")
        {
            Description = $"Address of a server with the role api. Default: {Options.DefaultUrl}.", HelpName = "URL", DefaultValueFactory = _ => Options.DefaultUrl,
        };
        var key = new Option<string>("--key") { Description = $"A key with the role {roles}.", HelpName = "KEY", Required = true };
        var command = new Command(name, description) { server, key };
        foreach (var symbol in more)
        {
            if (symbol is Option option)
            {
                command.Add(option);
            }
            else
            {
                command.Add((Argument)symbol);
            }
        }
        command.SetAction(async (parsed, cancellation) =>
        {
            using var door = new ServerClient(parsed.GetValue(server)!, parsed.GetValue(key)!);
            return await run(parsed, door, cancellation);
        });
        return command;
    }
}
