using Automation.Connectors;
using Automation.Connectors.Aliyun;
using Automation.Connectors.Sandbox;
using Automation.Connectors.Sandbox.Mailbox;
using Automation.Connectors.TencentSms;
using Automation.Connectors.WeChat;
using Automation.Connectors.WeCom;
using Automation.Connectors.Webhook;
using Automation.Server.PlugIns;

namespace Automation.Server.Hosting;

/// <summary>The connectors this program brings along, and those it finds.</summary>
internal static class BuiltInConnectors
{
    /// <param name="mailbox">Where the sandbox's messages go.</param>
    public static IReadOnlyList<IConnectorFactory> All(ISandboxMailbox mailbox) =>
    [
        new SandboxConnectorFactory(mailbox),
        new WebhookConnectorFactory(),
        new AliyunSmsConnectorFactory(),
        new TencentSmsConnectorFactory(),
        new WeComConnectorFactory(),
        new MiniProgramConnectorFactory(),
        new OfficialAccountConnectorFactory(),
    ];

    /// <summary>The same, those that the program was given, and those of the plug-ins.</summary>
    public static IReadOnlyList<IConnectorFactory> WithPlugIns(ISandboxMailbox mailbox, ServerOptions options, ILoggerFactory logs)
    {
        IConnectorFactory[] known = [.. All(mailbox), .. options.Connectors];
        var plugIns = PlugInFolder.Load(
            options.PlugIns ?? Path.Combine(options.Data, PlugInFolder.Name), known, logs.CreateLogger("Automation.PlugIns"));
        return [.. known, .. plugIns];
    }
}
