using System.Text.Json;

namespace Automation.Connectors.Tests;

/// <summary>Messages and accounts with everything filled in that a test does not care about.</summary>
internal static class Samples
{
    public const string Phone = "+8613900000001";

    public static OutgoingMessage Message(string channel, int number = 1, string content = """{ "text": "您好" }""") => new()
    {
        Id = Id(number),
        Channel = channel,
        To = new Address("phone", Phone),
        Content = JsonElement.Parse(content),
        ContactId = "c-1",
        Origin = new MessageOrigin("newcomer-benefit", "offer"),
    };

    public static OutgoingMessage[] Messages(string channel, int count) =>
        [.. Enumerable.Range(1, count).Select(number => Message(channel, number))];

    public static Guid Id(int number) => new(number, 7, 7, [1, 2, 3, 4, 5, 6, 7, 8]);

    public static ConnectorAccount Account(
        string connector, string configuration = "{}", params (string Name, string Value)[] secrets) => new()
        {
            Key = "account",
            ConnectorKey = connector,
            Configuration = JsonElement.Parse(configuration),
            Secrets = secrets.ToDictionary(s => s.Name, s => s.Value),
        };
}
