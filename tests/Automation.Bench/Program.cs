using Automation.Bench;
using Automation.Bench.Scenarios;
using Automation.Bench.Storage;

// One command: `dotnet run -c Release --project tests/Automation.Bench [-- scenario …] [--store postgres] [--json FILE]`. Without names,
// all of the store, which is the embedded one unless PostgreSQL is asked for.
var store = Array.IndexOf(args, "--store");
var onPostgres = store >= 0 && store + 1 < args.Length && args[store + 1] == "postgres";
var scenarios = onPostgres
    ? new (string Name, Func<Task<IReadOnlyList<Figure>>> Run)[]
{
    ("mixed", PostgresScenario.MixedAsync),
    ("starts", StartsScenario.PostgresRateAsync),
    ("scale", PostgresScenario.ScaleAsync),
}
    : new (string Name, Func<Task<IReadOnlyList<Figure>>> Run)[]
{
    ("core", () => Task.FromResult(CoreScenario.Run())),
    ("template", () => Task.FromResult(TemplateScenario.Run())),
    ("storage", StorageScenario.RunAsync),
    ("mixed", MixedScenario.RunAsync),
    ("starts", StartsScenario.RateAsync),
    ("latency", StartsScenario.LatencyAsync),
    ("wake-ups", WaitsScenario.WakeUpsAsync),
    ("waiting-million", WaitsScenario.MillionAsync),
    ("dormancy", WaitsScenario.DormancyAsync),
    ("ingest", ServerScenario.IngestAsync),
    ("start", ServerScenario.StartAsync),
    ("simulate", () => Task.FromResult(SimulateScenario.Run())),
};

var json = Array.IndexOf(args, "--json");
var names = args.Where((arg, i) => !arg.StartsWith("--", StringComparison.Ordinal) && (json < 0 || i != json + 1) && (store < 0 || i != store + 1)).ToList();
var unknown = names.Except(scenarios.Select(scenario => scenario.Name)).ToList();
if (unknown.Count > 0)
{
    Console.Error.WriteLine(
        $"unknown_scenario: Expected one of {string.Join(", ", scenarios.Select(scenario => scenario.Name))}, but got {string.Join(", ", unknown)}.");
    return 2;
}

var figures = new List<Figure>();
var chosen = scenarios.Where(scenario => names.Count == 0 || names.Contains(scenario.Name)).ToList();
foreach (var (name, run) in chosen)
{
    Console.WriteLine($"running {name} …");
    figures.AddRange(chosen.Count == 1 ? await run() : await OwnProcess.RunAsync(name, onPostgres ? ["--store", "postgres"] : []));
}
Report.Print(figures);
if (json >= 0 && json + 1 < args.Length)
{
    Report.Write(args[json + 1], figures);
}
return figures.Exists(figure => figure.Met == false) ? 1 : 0;
