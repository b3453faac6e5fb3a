using System.CommandLine;
using System.Text.Json;
using Automation.Runtime.Ports;
using Automation.Server.Telling;

namespace Automation.Server.Cli;

/// <summary>
/// <c>hold</c> and <c>release</c>: messages that stay until a person lets them go, through a server that runs; or held in a store before a
/// server starts on it.
/// </summary>
internal static class HoldCommands
{
    private const string Actor = "command line";
    private const string Targets = "everything, channel:KEY, account:KEY, template:KEY or journey:KEY";

    public static Command CreateHold(Terminal terminal)
    {
        var target = new Argument<string?>("target") { Description = $"{Targets}. Without it, shows what is held.", Arity = ArgumentArity.ZeroOrOne };
        return Make(terminal, "hold", "Holds messages back: none of them is handed to a vendor until they are released.", target, static async (terminal, door, about, reason, preview, cancellation) =>
        {
            if (about is null)
            {
                return await ListAsync(terminal, door, cancellation);
            }
            var answer = preview
                ? await PreviewAsync(door, about, cancellation)
                : await door.AskAsync(HttpMethod.Post, "/api/holds", JsonContent.Create(new { target = about, reason }), cancellation);
            return preview ? Say(terminal, answer, "would wait", "would wait") : Say(terminal, answer, "waits", "wait");
        }, HoldInStoreAsync);
    }

    public static Command CreateRelease(Terminal terminal)
    {
        var target = new Argument<string?>("target") { Description = $"{Targets}." };
        return Make(terminal, "release", "Lets messages go that a person held back, each after its gates are asked anew.", target, static async (terminal, door, about, reason, preview, cancellation) =>
        {
            var answer = preview
                ? await PreviewAsync(door, about!, cancellation)
                : await door.AskAsync(
                    HttpMethod.Delete, $"/api/holds/{Uri.EscapeDataString(about!)}?reason={Uri.EscapeDataString(reason ?? "")}", null, cancellation);
            return preview ? Say(terminal, answer, "would go", "would go") : Say(terminal, answer, "goes", "go");
        });
    }

    private static Command Make(
        Terminal terminal, string name, string description, Argument<string?> target,
        Func<Terminal, ServerClient, string?, string?, bool, CancellationToken, Task<int>> run,
        Func<Terminal, string, string?, string?, CancellationToken, Task<int>>? runInStore = null)
    {
        var server = new Option<string>("--server")
        {
            Description = $"Address of a server with the role api. Default: {Options.DefaultUrl}.", HelpName = "URL", DefaultValueFactory = _ => Options.DefaultUrl,
        };
        var key = new Option<string?>("--key") { Description = "A key with the role operator, marketer or admin.", HelpName = "KEY", Required = runInStore is null };
        var data = new Option<string?>("--data")
        {
            Description = "Instead of a server: the directory of a store that none runs on, such as a backup that is to be started.", HelpName = "DIR",
        };
        var reason = new Option<string?>("--reason") { Description = "Why; it stands in the ledger.", HelpName = "TEXT" };
        var preview = new Option<bool>("--preview") { Description = "Only says how many messages it is about." };
        var command = new Command(name, description) { target, server, key, reason, preview };
        if (runInStore is not null)
        {
            command.Add(data);
        }
        command.SetAction(async (parsed, cancellation) =>
        {
            if (runInStore is not null && parsed.GetValue(data) is { } directory)
            {
                return await runInStore(terminal, directory, parsed.GetValue(target), parsed.GetValue(reason), cancellation);
            }
            using var door = new ServerClient(parsed.GetValue(server)!, Options.KeyFor(parsed.GetValue(key)));
            return await run(terminal, door, parsed.GetValue(target), parsed.GetValue(reason), parsed.GetValue(preview), cancellation);
        });
        return command;
    }

    private static async Task<int> HoldInStoreAsync(Terminal terminal, string directory, string? about, string? reason, CancellationToken cancellation)
    {
        var target = HoldTarget.Parse(about ?? "") ?? throw new CannotRunException("bad_target", $"Expected {Targets}, but found '{about}'.");
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new CannotRunException("reason_required", "Expected --reason TEXT, as it stands in the ledger, but there is none.");
        }
        if (!Directory.Exists(directory))
        {
            throw new CannotRunException("store_missing", $"Expected a store in {directory}, but there is none.");
        }
        await using var engine = await OfflineEngine.OpenAsync(directory, cancellation);
        var (_, count) = await engine.Holds.HoldAsync(target, reason, Actor, cancellation);
        var answer = JsonSerializer.SerializeToElement(new { target = target.Name, waiting = count.Waiting, under_way = count.UnderWay, held_by_others = count.HeldByOthers });
        return Say(terminal, answer, "waits", "wait");
    }

    private static Task<JsonElement> PreviewAsync(ServerClient door, string target, CancellationToken cancellation) =>
        door.AskAsync(HttpMethod.Get, $"/api/holds/preview?target={Uri.EscapeDataString(target)}", null, cancellation);

    private static async Task<int> ListAsync(Terminal terminal, ServerClient door, CancellationToken cancellation)
    {
        var answer = await door.AskAsync(HttpMethod.Get, "/api/holds", null, cancellation);
        if (terminal.Json)
        {
            terminal.Document(answer.WriteTo);
            return ExitCodes.Fine;
        }
        var held = answer.GetProperty("held");
        foreach (var hold in held.EnumerateArray())
        {
            terminal.Say($"{Text(hold, "target")}  since {Text(hold, "since")} by {Text(hold, "by")}: {Text(hold, "reason")} ({hold.GetProperty("waiting").GetInt64()} wait)");
        }
        terminal.Say(held.GetArrayLength() == 0 ? "Nothing is held." : $"{Counted.Of(held.GetArrayLength(), "hold")}.");
        return ExitCodes.Fine;
    }

    private static int Say(Terminal terminal, JsonElement answer, string one, string many)
    {
        if (terminal.Json)
        {
            terminal.Document(answer.WriteTo);
            return ExitCodes.Fine;
        }
        var (waiting, others) = (answer.GetProperty("waiting").GetInt64(), answer.GetProperty("held_by_others").GetInt64());
        terminal.Say(
            $"{Text(answer, "target")}: {Counted.Of(waiting, $"message {one}", $"messages {many}")}, {answer.GetProperty("under_way").GetInt64()} being sent"
            + (others > 0 ? $"; of them held by another hold as well: {others}." : "."));
        return ExitCodes.Fine;
    }

    private static string Text(JsonElement of, string name) => of.GetProperty(name).ToString();
}
