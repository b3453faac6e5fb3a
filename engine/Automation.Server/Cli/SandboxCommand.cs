using System.CommandLine;
using Automation.Sandbox;

namespace Automation.Server.Cli;

/// <summary><c>sandbox</c>: stand-ins for the vendors, to try the real connectors without an account anywhere.</summary>
internal static class SandboxCommand
{
    private const string DefaultUrl = "http://localhost:5090";

    public static Command Create(Terminal terminal)
    {
        var urls = Options.Urls(DefaultUrl);
        var engine = new Option<string>("--engine")
        {
            Description = "Address of the server that takes their callbacks.", HelpName = "URL", DefaultValueFactory = _ => Options.DefaultUrl,
        };
        var empty = new Option<bool>("--empty") { Description = "Nobody is there until somebody is made: no friends, no followers, no credits." };
        var command = new Command("sandbox", "Runs stand-ins for Aliyun, Tencent Cloud, WeCom and WeChat on this machine.") { urls, engine, empty };
        command.SetAction((parsed, cancellation) => RunAsync(
            terminal, parsed.GetValue(urls)!, parsed.GetValue(engine)!, parsed.GetValue(empty), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, string urls, string engine, bool isEmpty, CancellationToken cancellation)
    {
        terminal.StopsInOrder = true;
        Listening.Check(urls);
        Listening.Check(engine);
        await using var sandbox = await StartAsync(urls, isEmpty);
        sandbox.Hooks = new Uri(new Uri(engine), "hooks/");
        if (terminal.Json)
        {
            terminal.Line(to =>
            {
                to.WriteStartObject();
                to.WriteString("listening", sandbox.Address.ToString());
                to.WriteStartObject("accounts");
                foreach (var key in SandboxAccounts.Keys)
                {
                    to.WritePropertyName(key);
                    SandboxAccounts.Document(key, sandbox.Address).WriteTo(to);
                }
                to.WriteEndObject();
                to.WriteEndObject();
            });
        }
        else
        {
            terminal.Say($"The vendors are on {sandbox.Address}; what phones show is on the same page. Save these accounts at the server:");
            foreach (var key in SandboxAccounts.Keys)
            {
                terminal.Say($"  curl -X PUT -H 'Authorization: Bearer ADMIN_KEY' -H 'Content-Type: application/json' {engine}/api/accounts/{key} \\");
                terminal.Say($"       -d '{SandboxAccounts.Document(key, sandbox.Address).ToJsonString()}'");
            }
        }
        terminal.Note("Ctrl+C stops them.");
        await Task.Delay(Timeout.Infinite, cancellation).ContinueWith(static _ => { }, TaskScheduler.Default);
        return ExitCodes.Fine;
    }

    private static async Task<VendorSandbox> StartAsync(string urls, bool isEmpty)
    {
        try
        {
            return await VendorSandbox.StartAsync(new SandboxOptions
            {
                Urls = urls, EverybodyIsThere = !isEmpty, ReceiptDelay = TimeSpan.FromSeconds(1),
            });
        }
        catch (IOException problem)
        {
            throw new CannotRunException("address_in_use", $"Expected {urls} to be free, but another program listens there: name another address with --urls.", problem);
        }
    }
}
