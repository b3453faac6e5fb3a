using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using Automation.Core.Primitives;
using Automation.Runtime.Definitions;
using Automation.Runtime.Ports;
using Automation.Server.Cli.Audit;
using Automation.Server.Cli.Connector;
using Automation.Server.Cli.Importing;
using Automation.Server.Cli.Journeys;
using Automation.Server.Cli.Keys;
using Automation.Server.Cli.Operating;
using Automation.Server.Cli.People;
using Automation.Server.Cli.Personal;

namespace Automation.Server.Cli;

/// <summary>
/// The program as a table of commands. Each command is a file beside this one; here is only what holds for all of them: the
/// option <c>--json</c>, the exit codes, and how a failure reads.
/// </summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal)
    {
        using var stopping = new CancellationTokenSource();
        using var interrupt = StopOn(PosixSignal.SIGINT, terminal, stopping);
        using var terminate = StopOn(PosixSignal.SIGTERM, terminal, stopping);
        return await RunAsync(arguments, terminal, stopping.Token);
    }

    internal static async Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellation)
    {
        // Also where the arguments are wrong, so that the complaint is JSON as well.
        terminal.Json = arguments.Contains("--json", StringComparer.Ordinal);
        var parsed = Commands(terminal).Parse(arguments.Count == 0 ? ["--help"] : arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            terminal.Fail("bad_arguments", Describe(parsed));
            terminal.Note($"'automation {string.Join(' ', Path(parsed.CommandResult))} --help' lists the options.".Replace("  ", " ", StringComparison.Ordinal));
            return ExitCodes.CouldNotRun;
        }
        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null, // Signals are caught above, and a server takes the time it needs to stop.
            };
            return await parsed.InvokeAsync(configuration, cancellation);
        }
        catch (CannotRunException problem)
        {
            terminal.Fail(problem.Code, problem.Message);
            return ExitCodes.CouldNotRun;
        }
        catch (DefinitionRefusedException problem)
        {
            terminal.Fail(problem.Code, problem.Message);
            return ExitCodes.CouldNotRun;
        }
        catch (StoreUnusableException problem)
        {
            terminal.Fail(problem.Code, problem.Message);
            return ExitCodes.CouldNotRun;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            terminal.Fail("interrupted", "Expected to finish, but was interrupted.");
            return ExitCodes.CouldNotRun;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            terminal.Fail("io_failed", $"Expected to read and write files, but the system refused: {problem.Message}");
            return ExitCodes.CouldNotRun;
        }
    }

    private static RootCommand Commands(Terminal terminal) => new("A rule-driven marketing-automation engine.")
    {
        new Option<bool>("--json") { Description = "Answer in JSON, for other programs.", Recursive = true },
        ServeCommand.Create(terminal),
        DemoCommand.Create(terminal),
        SandboxCommand.Create(terminal),
        InitCommand.Create(terminal),
        LintCommand.Create(terminal),
        SimulateCommand.Create(terminal),
        JourneyCommand.Create(terminal),
        AuditCommand.Create(terminal),
        ImportCommand.Create(terminal),
        DeadLettersCommand.Create(terminal),
        HoldCommands.CreateHold(terminal),
        HoldCommands.CreateRelease(terminal),
        OperationsCommand.Create(terminal),
        BulkCommands.CreateReplay(terminal),
        BulkCommands.CreateExit(terminal),
        OutcomesCommand.Create(terminal),
        ConnectorCommand.Create(terminal),
        KeyCommand.Create(terminal),
        UserCommand.Create(terminal),
        ContactCommand.Create(terminal),
        KeyRingCommand.Create(terminal),
        BackupCommand.Create(terminal),
    };

    private static PosixSignalRegistration StopOn(PosixSignal signal, Terminal terminal, CancellationTokenSource stopping) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            // Only what has something to bring to an end is waited for, and a second signal means it.
            context.Cancel = terminal.StopsInOrder && !stopping.IsCancellationRequested;
            stopping.Cancel();
        });

    private static string Describe(ParseResult parsed)
    {
        var error = parsed.Errors[0].Message;
        if (parsed.UnmatchedTokens is [var unknown, ..])
        {
            var known = parsed.CommandResult.Command.Subcommands.Select(command => command.Name).ToList();
            return known.Count > 0
                ? $"Expected one of {string.Join(", ", known)}, but found '{unknown}'.{Nearest.Hint(unknown, known)}"
                : $"Expected only arguments that the command has, but found '{unknown}'.{Nearest.Hint(unknown, parsed.CommandResult.Command.Options.Select(option => option.Name))}";
        }
        if (parsed.CommandResult.Command.Arguments.FirstOrDefault(one => one.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(one) is not { Tokens.Count: > 0 }) is { } missing)
        {
            return $"Expected {missing.Name} ({missing.Description?.TrimEnd('.')}), but there is none.";
        }
        // The library names .NET's types, which are not the users' words.
        return error.StartsWith("Expected", StringComparison.Ordinal)
            ? error
            : "Expected other arguments, but: " + error.Replace("'System.Int32'", "a whole number", StringComparison.Ordinal).Replace("'System.Double'", "a number", StringComparison.Ordinal);
    }

    private static Stack<string> Path(CommandResult command)
    {
        var names = new Stack<string>();
        for (SymbolResult? at = command; at is CommandResult here and { Command: not RootCommand }; at = at.Parent)
        {
            names.Push(here.Command.Name);
        }
        return names;
    }
}
