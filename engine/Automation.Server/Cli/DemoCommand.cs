using System.CommandLine;
using System.Globalization;

namespace Automation.Server.Cli;

/// <summary>
/// <c>demo</c>: a server with seven journeys and a shop that lives. First sixty days of its past are lived through, then it goes on
/// at a multiple of real time.
/// </summary>
internal static class DemoCommand
{
    public static Command Create(Terminal terminal)
    {
        var data = new Option<string?>("--data") { Description = "Directory of the store; a fresh one that is removed at the end when left out.", HelpName = "DIR" };
        var urls = Options.Urls();
        var speed = new Option<double>("--speed") { Description = "Demo time for each second of real time, in seconds. 360: a day in four minutes.", DefaultValueFactory = _ => 360 };
        var days = new Option<int>("--days") { Description = "Days of the shop's past.", DefaultValueFactory = _ => 60 };
        var customers = new Option<int>("--customers") { Description = "Customers of the shop.", DefaultValueFactory = _ => 240 };
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same shop.", DefaultValueFactory = _ => 7 };
        var stopAfter = new Option<string?>("--for") { Description = "Stop by itself so long after the past is lived through: 20s, 5m.", HelpName = "TIME" };
        var command = new Command("demo", "Runs the server with seven journeys and a stream of shop behaviour.")
        {
            data, urls, speed, days, customers, seed, stopAfter,
        };
        command.SetAction((parsed, cancellation) => new DemoRun(terminal, new DemoSettings(
            parsed.GetValue(data), parsed.GetValue(urls)!,
            Between("--speed", parsed.GetValue(speed), 0.1, 100_000), (int)Between("--days", parsed.GetValue(days), 0, 400),
            (int)Between("--customers", parsed.GetValue(customers), 1, 20_000), parsed.GetValue(seed),
            parsed.GetValue(stopAfter) is { } text ? SpanText.Read("--for", text) : null)).RunAsync(cancellation));
        return command;
    }

    private static double Between(string option, double value, double min, double max) => value >= min && value <= max
        ? value
        : throw new CannotRunException("out_of_range", string.Create(CultureInfo.InvariantCulture, $"Expected {min} to {max} after {option}, but found {value}."));
}
