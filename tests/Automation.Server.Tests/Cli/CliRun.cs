using System.Runtime.CompilerServices;
using System.Text.Json;
using Automation.Server.Cli;

namespace Automation.Server.Tests.Cli;

/// <summary>One call of the program within this process, and what it said.</summary>
internal sealed record CliRun(int Code, string Output, string Error)
{
    // Tests read English, whatever the machine speaks.
    static CliRun() => Environment.SetEnvironmentVariable("LC_ALL", "C.UTF-8");

    public JsonElement Json => JsonElement.Parse(Output);

    /// <summary>The code of the failure, before the first colon.</summary>
    public string ErrorCode => Error.Split(':')[0];

    public static Task<CliRun> Of(params string[] arguments) => Of(CancellationToken.None, arguments);

    public static async Task<CliRun> Of(CancellationToken cancellation, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.RunAsync(arguments, new Terminal(output, error, isInteractive: false), cancellation);
        return new CliRun(code, output.ToString(), error.ToString());
    }

    /// <summary>A folder of files beside the tests.</summary>
    public static string Beside(string folder, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, folder);
}
