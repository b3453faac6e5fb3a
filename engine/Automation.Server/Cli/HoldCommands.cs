using System.CommandLine;
using System.Text.Json;
using Automation.Server.Telling;

namespace Automation.Server.Cli;

/// <summary><c>hold</c> and <c>release</c>: messages that stay until a person lets them go, through a server that runs.</summary>
internal static class HoldCommands
{
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
        });
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
        Func<Terminal, ServerClient, string?, string?, bool, CancellationToken, Task<int>> run)
    {
        var server = new Option<string>("--server")
        {
            Description = $"Address of a server with the role api. Default: {Options.DefaultUrl}.", HelpName = "URL", DefaultValueFactory = _ => Options.DefaultUrl,
        };
        var key = new Option<string>("--key") { Description = "A key with the role operator, marketer or admin.", HelpName = "KEY", Required = true };
        var reason = new Option<string?>("--reason") { Description = "Why; it stands in the ledger.", HelpName = "TEXT" };
        var preview = new Option<bool>("--preview") { Description = "Only says how many messages it is about." };
        var command = new Command(name, description) { target, server, key, reason, preview };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var door = new ServerClient(parsed.GetValue(server)!, parsed.GetValue(key)!);
            return await run(terminal, door, parsed.GetValue(target), parsed.GetValue(reason), parsed.GetValue(preview), cancellation);
        });
        return command;
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
