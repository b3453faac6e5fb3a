using System.CommandLine;
using System.Text.Json;

namespace Automation.Server.Cli.Operating;

/// <summary>What the operators' commands have in common: the server, the key, the reason, and looking before doing.</summary>
internal sealed class OperatorDoor
{
    private readonly Option<string> _server = new("--server")
    {
        Description = $"Address of a server with the role api. Default: {Options.DefaultUrl}.", HelpName = "URL", DefaultValueFactory = _ => Options.DefaultUrl,
    };

    private readonly Option<string> _key = new("--key") { Description = "A key with the role operator, marketer or admin.", HelpName = "KEY", Required = true };

    private readonly Option<string?> _reason = new("--reason") { Description = "Why; it stands in the ledger.", HelpName = "TEXT" };

    private readonly Option<bool> _preview = new("--preview") { Description = "Only says how many it would be about." };

    public Command Make(string name, string description, IEnumerable<Symbol> more, Func<ParseResult, ServerClient, CancellationToken, Task<int>> run, bool acts = true)
    {
        var command = new Command(name, description) { _server, _key };
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
        if (acts)
        {
            command.Add(_reason);
            command.Add(_preview);
        }
        command.SetAction(async (parsed, cancellation) =>
        {
            using var door = new ServerClient(parsed.GetValue(_server)!, parsed.GetValue(_key)!);
            return await run(parsed, door, cancellation);
        });
        return command;
    }

    public bool IsPreview(ParseResult parsed) => parsed.GetValue(_preview);

    /// <exception cref="CannotRunException">There is none.</exception>
    public string Reason(ParseResult parsed) => parsed.GetValue(_reason) is { Length: > 0 } reason
        ? reason
        : throw new CannotRunException("reason_required", "Expected --reason TEXT, as it stands in the ledger, but there is none. With --preview nothing is done.");

    /// <summary>The answer as it is, or the sentences that tell it.</summary>
    public static int Tell(Terminal terminal, JsonElement answer, Func<IEnumerable<string>> sentences)
    {
        if (terminal.Json)
        {
            terminal.Document(answer.WriteTo);
            return ExitCodes.Fine;
        }
        foreach (var sentence in sentences())
        {
            terminal.Say(sentence);
        }
        return ExitCodes.Fine;
    }
}
