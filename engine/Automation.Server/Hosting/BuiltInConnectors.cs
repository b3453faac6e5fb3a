using Automation.Connectors;
using Automation.Connectors.Aliyun;
using Automation.Connectors.Sandbox;
using Automation.Connectors.Sandbox.Mailbox;
using Automation.Connectors.TencentSms;
using Automation.Connectors.WeChat;
using Automation.Connectors.WeCom;
using Automation.Connectors.Webhook;

namespace Automation.Server.Hosting;

/// <summary>The connectors this program brings along.</summary>
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
}
