using System.CommandLine;

namespace Automation.Server.Cli.Connector;

/// <summary><c>connector</c>: for people who write one.</summary>
internal static class ConnectorCommand
{
    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string>("NAME") { Description = "Name in Pascal case, as Postcard; also the directory that is written." };
        var make = new Command("new", "Writes a connector that builds and keeps every promise, to start from.") { name };
        make.SetAction(parsed => ConnectorNew.Run(terminal, parsed.GetRequiredValue(name)));

        var path = new Argument<string>("PATH") { Description = "The assembly with the rig, or the folder it was built into." };
        var test = new Command("test", "Runs the conformance kit on a built connector.") { path };
        test.SetAction((parsed, cancellation) => ConnectorTest.RunAsync(terminal, parsed.GetRequiredValue(path)));
        return new Command("connector", "For people who write connectors.") { make, test };
    }
}
