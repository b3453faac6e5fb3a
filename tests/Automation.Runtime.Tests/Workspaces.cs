using System.Collections.Immutable;
using System.Text;
using Automation.Core.Journeys;
using Automation.Core.Journeys.Documents;
using Automation.Core.Workspaces;

namespace Automation.Runtime.Tests;

/// <summary>Workspaces from documents, as people write them.</summary>
internal static class Workspaces
{
    public const string Settings = """{ "consent": { "sms": "assumed" }, "accounts": { "sms": "vendor" } }""";

    public const string HelloTemplate = """{ "key": "hello", "channel": "sms", "content": { "text": "Hello {{ contact.name }}" } }""";

    /// <summary>Who joins gets a message at once.</summary>
    public const string Greeting = """
        { "key": "greeting", "trigger": { "on": "event", "event": "joined" }, "entry": { "repeat": "always" },
          "steps": [ { "id": "hello", "type": "send", "channel": "sms", "template": "hello" } ] }
        """;

    /// <summary>Who joins gets a message after a day, unless they order; an order within a week is the goal.</summary>
    public const string Welcome = """
        { "key": "welcome", "trigger": { "on": "event", "event": "joined" }, "entry": { "repeat": "once" },
          "exit": [ { "event": "ordered" } ], "goal": { "event": "ordered", "within": "7d", "value": "amount" },
          "steps": [ { "id": "day", "type": "wait", "for": "24h", "next": "hello" },
                     { "id": "hello", "type": "send", "channel": "sms", "template": "hello" } ] }
        """;

    public static Workspace Of(params string[] journeys) => new(
        Read(SettingsDocument.Read(Bytes(Settings))),
        [.. journeys.Select(journey => Read(JourneyDocument.Read(Bytes(journey))))],
        [Read(TemplateDocument.Read(Bytes(HelloTemplate)))],
        []);

    public static JourneySetSource Source(Workspace workspace, bool receipts = false) => new()
    {
        Settings = workspace.Settings,
        Journeys = [.. workspace.Journeys.Select(journey => new JourneyVersion(journey, 1, Current: true))],
        Templates = workspace.Templates,
        Segments = workspace.Segments,
        Accounts = [Account("vendor", receipts)],
    };

    public static AccountTraits Account(string key, bool receipts = false) =>
        new(key, ImmutableArray.Create(new ChannelTraits("sms", "phone", null, null)), receipts, AnswersCalls: true);

    private static ReadOnlyMemory<byte> Bytes(string document) => Encoding.UTF8.GetBytes(document);

    private static T Read<T>(Reading<T> reading)
        where T : class
    {
        Assert.Empty(reading.Findings);
        return reading.Value!;
    }
}
