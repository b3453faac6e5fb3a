using Automation.Connectors.Sandbox;
using Automation.Connectors.Sandbox.Mailbox;

namespace Automation.Connectors.Tests.Sandbox;

/// <summary>Makes sandbox connectors and reads their mailbox whole.</summary>
internal static class SandboxTesting
{
    public static IConnector Connector(ISandboxMailbox mailbox, string configuration, ConnectorServices? services = null) =>
        new SandboxConnectorFactory(mailbox).Create(
            Samples.Account("sandbox", configuration), services ?? new ConnectorServices());

    public static IReadOnlyList<SandboxMail> All(ISandboxMailbox mailbox)
    {
        var all = new List<SandboxMail>();
        while (true)
        {
            var page = mailbox.List(new MailboxFilter { Limit = 1_000, Before = all.Count == 0 ? null : all[^1].Sequence });
            if (page.Count == 0)
            {
                return all;
            }

            all.AddRange(page);
        }
    }

    public static SandboxMail Mail(
        int number, string channel = "sms", string address = Samples.Phone, string contact = "c-1", string account = "a") => new()
        {
            MessageId = Samples.Id(number),
            Account = account,
            Channel = channel,
            To = new Address("phone", address),
            ContactId = contact,
            Content = System.Text.Json.JsonElement.Parse($$"""{ "text": "第{{number}}条\r\n 🎁 \"x\"" }"""),
            Origin = new MessageOrigin("newcomer-benefit", "offer"),
            ReceivedAt = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
        };
}
