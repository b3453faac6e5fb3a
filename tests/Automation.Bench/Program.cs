using Automation.Bench;
using Automation.Bench.Scenarios;
using Automation.Bench.Storage;

// One command: `dotnet run -c Release --project tests/Automation.Bench [-- scenario …] [--store postgres [--bus rabbitmq]] [--json FILE]`.
// Without names, all of the store, which is the embedded one unless PostgreSQL is asked for.
var onPostgres = Given("--store") == "postgres";
var overRabbit = Given("--bus") == "rabbitmq";
var scenarios = overRabbit
    ? new (string Name, Func<Task<IReadOnlyList<Figure>>> Run)[]
{
    ("mixed", RabbitScenario.MixedAsync),
    ("starts", RabbitScenario.StartsAsync),
    ("drain", RabbitScenario.DrainAsync),
    ("scale", RabbitScenario.ScaleAsync),
}
    : onPostgres
    ? new (string Name, Func<Task<IReadOnlyList<Figure>>> Run)[]
{
    ("mixed", PostgresScenario.MixedAsync),
    ("starts", StartsScenario.PostgresRateAsync),
    ("ledger", LedgerScenario.PostgresAsync),
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
    ("rates-aliyun", () => RatesScenario.RunAsync("aliyun")),
    ("rates-tencent", () => RatesScenario.RunAsync("tencent")),
    ("rates-mini-program", () => RatesScenario.RunAsync("mini_program")),
    ("ingest", ServerScenario.IngestAsync),
    ("wrong-keys", WrongKeysScenario.RunAsync),
    ("start", ServerScenario.StartAsync),
    ("ledger", LedgerScenario.EmbeddedAsync),
    ("simulate", () => Task.FromResult(SimulateScenario.Run())),
};

var names = args.Where((arg, i) => !arg.StartsWith("--", StringComparison.Ordinal) && (i == 0 || !args[i - 1].StartsWith("--", StringComparison.Ordinal))).ToList();
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
    figures.AddRange(chosen.Count == 1 ? await run() : await OwnProcess.RunAsync(name, [.. overRabbit ? ["--bus", "rabbitmq"] : Array.Empty<string>(), .. onPostgres ? ["--store", "postgres"] : Array.Empty<string>()]));
}
Report.Print(figures);
if (Given("--json") is { } file)
{
    Report.Write(file, figures);
}
return figures.Exists(figure => figure.Met == false) ? 1 : 0;

string? Given(string option) => Array.IndexOf(args, option) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
