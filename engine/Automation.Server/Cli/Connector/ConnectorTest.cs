using Automation.Connectors.Testing;
using Automation.Server.PlugIns;

namespace Automation.Server.Cli.Connector;

/// <summary>Finds the rigs of a built connector and tries every promise with each.</summary>
internal static class ConnectorTest
{
    public static async Task<int> RunAsync(Terminal terminal, string path)
    {
        var rigs = Rigs(path);
        var broken = 0;
        var outcomes = new List<(string Rig, PromiseOutcome Outcome)>();
        foreach (var rig in rigs)
        {
            var name = $"{rig.Factory.Manifest.Key} on {rig.Channel}";
            terminal.Note(name);
            foreach (var outcome in await ConformanceKit.RunAsync(rig, outcome => Say(terminal, outcome)))
            {
                outcomes.Add((name, outcome));
                broken += outcome.Kept is false ? 1 : 0;
            }
        }
        if (terminal.Json)
        {
            Write(terminal, outcomes, broken);
        }
        terminal.Note(broken == 0 ? $"Every promise of {outcomes.Count} is kept." : $"{broken} of {outcomes.Count} promises are broken.");
        return broken == 0 ? ExitCodes.Fine : ExitCodes.Findings;
    }

    private static List<ConnectorRig> Rigs(string path)
    {
        string[] files = Directory.Exists(path) ? [.. Directory.EnumerateFiles(path, "*.dll").Order(StringComparer.Ordinal)] : [path];
        var rigs = new List<ConnectorRig>();
        PlugInRefusedException? refused = null;
        foreach (var file in files.Where(file => !Path.GetFileName(file).StartsWith("Automation.Connectors", StringComparison.Ordinal)))
        {
            if (!File.Exists(file))
            {
                throw new CannotRunException("not_found", $"Expected a built connector, but '{path}' is not there.");
            }
            try
            {
                rigs.AddRange(PlugInAssembly.Load(file).All<ConnectorRig>());
            }
            catch (PlugInRefusedException error)
            {
                // Beside the rig lie libraries that are no plug-ins: only if nothing is found they matter.
                refused = error.Code == "not_a_plug_in" ? refused ?? error : throw new CannotRunException(error.Code, error.Message);
            }
        }
        return rigs.Count > 0
            ? rigs
            : throw new CannotRunException(
                refused?.Code ?? "no_rig", refused?.Message ?? $"Expected a public {nameof(ConnectorRig)} in '{path}', but there is none.");
    }

    private static void Say(Terminal terminal, PromiseOutcome outcome)
    {
        if (!terminal.Json)
        {
            terminal.Say(outcome.ToString());
        }
    }

    private static void Write(Terminal terminal, List<(string Rig, PromiseOutcome Outcome)> outcomes, int broken) => terminal.Document(to =>
    {
        to.WriteStartObject();
        to.WriteNumber("broken", broken);
        to.WriteStartArray("promises");
        foreach (var (rig, outcome) in outcomes)
        {
            to.WriteStartObject();
            to.WriteString("rig", rig);
            to.WriteString("promise", outcome.Promise.Key);
            to.WriteString("sentence", outcome.Promise.Sentence);
            to.WriteString("outcome", outcome.Kept switch { true => "pass", false => "fail", null => "not_applicable" });
            if (outcome.Text.Length > 0)
            {
                to.WriteString("text", outcome.Text);
            }
            to.WriteEndObject();
        }
        to.WriteEndArray();
        to.WriteEndObject();
    });
}
