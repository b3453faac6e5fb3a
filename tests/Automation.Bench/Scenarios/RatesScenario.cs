using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Automation.Bench.Rig;
using Automation.Connectors;
using Automation.Connectors.Aliyun;
using Automation.Connectors.TencentSms;
using Automation.Connectors.WeChat;
using Automation.Core.Contacts;
using Automation.Core.Journeys;
using Automation.Core.Journeys.Documents;
using Automation.Core.Primitives;
using Automation.Core.Workspaces;
using Automation.Runtime.Dispatch;
using Automation.Sandbox;
using NodaTime;

namespace Automation.Bench.Scenarios;

/// <summary>
/// A minute at an account's own rate, over the wire: real connectors sign and send HTTP requests to the vendors' stand-ins in the same
/// process, which check them and note when each message arrived. Three accounts run beside one another, at 20, 200 and 2,000 a second.
/// </summary>
internal static class RatesScenario
{
    private const int Seconds = 60;

    /// <summary>Not counted after the last event was taken in: an engine that takes in as much as it can leaves a vendor beside it little.</summary>
    private const int WarmSeconds = 3;

    /// <summary>What is sent while events are taken in.</summary>
    private const int FeedingSeconds = 40;

    private static readonly string[] Accounts = [SandboxAccounts.Aliyun, SandboxAccounts.Tencent, SandboxAccounts.MiniProgram];

    private static readonly int[] Rates = [2_000, 200, 20];

    /// <param name="fastest">The account that sends 2,000 a second.</param>
    public static async Task<IReadOnlyList<Figure>> RunAsync(string fastest)
    {
        var first = Array.IndexOf(Accounts, fastest);
        var rates = Enumerable.Range(0, Accounts.Length).ToDictionary(i => Accounts[(first + i) % Accounts.Length], i => Rates[i], StringComparer.Ordinal);
        await using var vendors = await VendorSandbox.StartAsync(new SandboxOptions { EverybodyIsThere = true });
        await using var rig = await EngineRig.StartAsync(
            Source(), [new AliyunSmsConnectorFactory(), new TencentSmsConnectorFactory(), new MiniProgramConnectorFactory()],
            [.. rates.Select(one => Account(one.Key, one.Value, vendors.Address))]);
        var feeding = Producer.FeedAsync(rig.Engine, Envelopes(rates));
        var arrivals = Accounts.ToDictionary(account => account, static _ => new List<DateTimeOffset>(), StringComparer.Ordinal);
        var from = await CollectAsync(vendors.Phones, arrivals, rates.Values.Sum(), feeding);
        return [.. rates.SelectMany(one => Judge(fastest, one.Key, one.Value, from, arrivals[one.Key]))];
    }

    /// <summary>The phones keep the newest ten thousand, so they are looked at several times a second.</summary>
    /// <returns>From when on it counts.</returns>
    private static async Task<DateTimeOffset> CollectAsync(Phones phones, Dictionary<string, List<DateTimeOffset>> arrivals, int perSecond, Task feeding)
    {
        var seen = 0L;
        DateTimeOffset? from = null;
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        while (from is null || DateTimeOffset.UtcNow < from.Value.AddSeconds(Seconds + 1))
        {
            if (from is null && feeding.IsCompleted)
            {
                await feeding;
                from = DateTimeOffset.UtcNow.AddSeconds(WarmSeconds);
            }
            await ticks.WaitForNextTickAsync();
            foreach (var message in phones.List(limit: 4 * perSecond).TakeWhile(message => message.Number > seen).Reverse())
            {
                seen = message.Number;
                arrivals[message.Vendor].Add(message.At);
            }
        }
        return from.Value;
    }

    private static IEnumerable<Figure> Judge(string fastest, string account, int rate, DateTimeOffset from, List<DateTimeOffset> arrivals)
    {
        arrivals.Sort();
        var counted = arrivals.Where(at => at >= from && at < from.AddSeconds(Seconds)).ToList();
        var name = string.Create(CultureInfo.InvariantCulture, $"{account} at {rate:N0}/s");
        var scenario = $"rates, {fastest} fastest";
        yield return new Figure(scenario, $"{name}, over {Seconds} s", (double)counted.Count / Seconds, "/s", AtLeast: rate * 0.98);
        yield return new Figure(scenario, $"{name}, most in a second of the clock", counted.GroupBy(static at => at.ToUnixTimeSeconds()).Max(static second => second.Count()), "", AtMost: rate);
        yield return new Figure(scenario, $"{name}, most in any second", MostInAnySecond(counted), "");
    }

    private static int MostInAnySecond(List<DateTimeOffset> sorted)
    {
        var most = 0;
        for (var (first, last) = (0, 0); last < sorted.Count; last++)
        {
            while (sorted[first] <= sorted[last].AddSeconds(-1))
            {
                first++;
            }
            most = Math.Max(most, last - first + 1);
        }
        return most;
    }

    private static ConnectorAccount Account(string key, int rate, Uri vendors)
    {
        var document = SandboxAccounts.Document(key, vendors);
        document["configuration"]!["messages_per_second"] = rate;
        return AccountDocument.Read(key, document.ToJsonString(), static secret => secret);
    }

    private static JourneySetSource Source() => new()
    {
        Settings = WorkspaceSettings.Default with
        {
            Consent = ImmutableDictionary<string, ConsentMode>.Empty.Add("sms", ConsentMode.Assumed).Add("mini_program", ConsentMode.Assumed),
        },
        Journeys = [.. Accounts.Select(account => new JourneyVersion(JourneyDocument.Read(Encoding.UTF8.GetBytes(Journey(account))).Value!, 1, Current: true))],
        Templates = [.. Accounts.Select(account => new MessageTemplate(account, Channel(account), Content(account)))],
    };

    private static string Journey(string account) => new JsonObject
    {
        ["key"] = account,
        ["trigger"] = new JsonObject { ["on"] = "event", ["event"] = account },
        ["entry"] = new JsonObject { ["repeat"] = "always" },
        ["steps"] = new JsonArray(new JsonObject
        {
            ["id"] = "say", ["type"] = "send", ["channel"] = Channel(account), ["account"] = account, ["template"] = account,
        }),
    }.ToJsonString();

    private static string Channel(string account) => account == SandboxAccounts.MiniProgram ? "mini_program" : "sms";

    private static PropertyBag Content(string account) => PropertyJson.Parse(Encoding.UTF8.GetBytes(account switch
    {
        SandboxAccounts.Aliyun => """{ "template": "SMS_1", "params": { "name": "{{ contact.user_id }}" } }""",
        SandboxAccounts.Tencent => """{ "template": "1", "params": [ "{{ contact.user_id }}" ] }""",
        _ => """{ "template_id": "offer", "data": { "thing1": "咖啡券" } }""",
    }));

    /// <summary>More than the minute needs, the accounts mixed as they are sent.</summary>
    private static IEnumerable<IReadOnlyList<ContactEvent>> Envelopes(Dictionary<string, int> rates)
    {
        var now = Instant.FromUnixTimeMilliseconds(SystemClock.Instance.GetCurrentInstant().ToUnixTimeMilliseconds());
        for (var second = 0; second < FeedingSeconds + WarmSeconds + Seconds; second++)
        {
            var events = rates.SelectMany(one => Enumerable.Range(second * one.Value, one.Value).Select(number => Event(one.Key, number, now)));
            foreach (var envelope in events.Chunk(200))
            {
                yield return envelope;
            }
        }
    }

    private static ContactEvent Event(string account, int number, Instant at)
    {
        var who = string.Create(CultureInfo.InvariantCulture, $"{account}-{number}");
        var address = account == SandboxAccounts.MiniProgram
            ? new Identity("open_id:wxdemo", $"o-{number}")
            : new Identity(Identity.Phone, string.Create(CultureInfo.InvariantCulture, $"+86{(account == SandboxAccounts.Aliyun ? 138 : 139)}{number:D8}"));
        return new ContactEvent(
            Guid.CreateVersion7().ToString(), EventType.Track, account, at, at, PropertyBag.Empty, [new Identity(Identity.UserId, who), address]);
    }
}
