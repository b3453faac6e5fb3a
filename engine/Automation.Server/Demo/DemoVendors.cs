using System.Text.Json.Nodes;
using Automation.Runtime.Definitions;
using Automation.Sandbox;
using Automation.Server.Hosting;
using Automation.Server.Security;
using NodaTime;

namespace Automation.Server.Demo;

/// <summary>
/// The vendors that the demo shop sends through: stand-ins on this machine, to which the real connectors speak. Members of WeCom take an
/// hour or so to confirm, and forget some tasks; those go out as SMS.
/// </summary>
internal sealed class DemoVendors(VendorSandbox sandbox) : IAsyncDisposable
{
    // Of the shop's workspace as `init` writes it, where the sandbox is a mailbox.
    private const string MailboxAccounts = "accounts: { sms: sandbox, wecom: sandbox, mini_program: sandbox }";
    private const string VendorAccounts = "accounts: { sms: aliyun, wecom: wecom, mini_program: mini_program }";

    public Uri Address => sandbox.Address;

    /// <summary>Whether no callback is on its way.</summary>
    public bool IsQuiet => sandbox.Pending == 0;

    public static async Task<DemoVendors> StartAsync(IClock clock) => new(await VendorSandbox.StartAsync(new SandboxOptions
    {
        // A receipt that is quicker than the commit of its message is looked for in vain at first, and then again: slower than one that waits.
        ReceiptDelay = TimeSpan.FromMilliseconds(25),
        Time = new ClockTime(clock), EverybodyIsThere = true, MembersConfirmAfter = TimeSpan.FromMinutes(40), MembersForget = 0.15,
    }));

    /// <summary>Puts the accounts at the vendors in the place of the mailbox.</summary>
    public static void Name(string workspace)
    {
        var path = Path.Combine(workspace, "workspace.yaml");
        File.WriteAllText(path, File.ReadAllText(path).Replace(MailboxAccounts, VendorAccounts, StringComparison.Ordinal));
    }

    /// <summary>Writes the accounts into the store, before the engine starts and reads them.</summary>
    public async Task SaveAccountsAsync(EmbeddedEngine engine, SecretBox box, IClock clock, CancellationToken cancellation)
    {
        foreach (var key in SandboxAccounts.Keys)
        {
            var document = SandboxAccounts.Document(key, sandbox.Address);
            var secrets = document["secrets"]!.AsObject();
            foreach (var (name, secret) in secrets.ToArray())
            {
                secrets[name] = JsonValue.Create(box.Hide(secret!.GetValue<string>()));
            }
            await engine.Store.Definitions.PublishAsync(
                DefinitionKinds.Account, key, document.ToJsonString(), clock.GetCurrentInstant(), "demo", cancellation);
        }
    }

    /// <summary>From now on they call back.</summary>
    public void CallBackTo(string server) => sandbox.Hooks = new Uri(new Uri(server), "hooks/");

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();
}
