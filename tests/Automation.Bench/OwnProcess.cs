using System.Diagnostics;
using System.Text.Json;

namespace Automation.Bench;

/// <summary>
/// A scenario in a process of its own, as users have it: what another one left behind in the heap, and what the runtime learned from it,
/// would be measured too.
/// </summary>
internal static class OwnProcess
{
    public static async Task<IReadOnlyList<Figure>> RunAsync(string scenario, IEnumerable<string> options)
    {
        var figures = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
            if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            {
                start.ArgumentList.Add(typeof(OwnProcess).Assembly.Location);
            }
            foreach (var argument in options.Append(scenario).Append("--json").Append(figures))
            {
                start.ArgumentList.Add(argument);
            }
            using var process = Process.Start(start)!;
            // Its table is not shown; there is one for all at the end.
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode is 0 or 1
                ? JsonSerializer.Deserialize<List<Figure>>(await File.ReadAllTextAsync(figures), Report.Json)!
                : throw new InvalidOperationException($"Expected the scenario {scenario} to end, but its process broke off with {process.ExitCode}.");
        }
        finally
        {
            File.Delete(figures);
        }
    }
}
