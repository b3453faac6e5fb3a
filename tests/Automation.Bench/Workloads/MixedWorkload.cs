using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Automation.Core.Contacts;
using Automation.Core.Journeys;
using Automation.Core.Journeys.Documents;
using Automation.Core.Primitives;
using Automation.Core.Rules;
using Automation.Core.Workspaces;
using NodaTime;

namespace Automation.Bench.Workloads;

/// <summary>
/// The ordinary day of a shop: 20 published journeys of every trigger, 100,000 contacts, and events of which nine in ten concern no
/// journey. Seeded, so that every run and every store sees the same day.
/// </summary>
internal static class MixedWorkload
{
    public const int Contacts = 100_000;

    public static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 2, 0);

    private static readonly string[] Idle = ["page", "product_viewed", "search", "screen", "banner_seen", "product_shared", "list_filtered", "video_watched", "faq_read"];
    private static readonly string[] Busy = ["group_joined", "order_paid", "cart_added", "form_filled", "coupon_used"];

    public static JourneySetSource Source() => new()
    {
        Settings = WorkspaceSettings.Default with
        {
            Consent = ImmutableDictionary<string, ConsentMode>.Empty.Add("sms", ConsentMode.Assumed).Add("wecom", ConsentMode.Assumed),
            Accounts = ImmutableDictionary<string, string>.Empty.Add("sms", "sandbox").Add("wecom", "sandbox"),
            Caps = [new FrequencyCap("sms", 1, Duration.FromDays(1)), new FrequencyCap(null, 3, Duration.FromDays(7))],
        },
        Journeys = [.. Documents().Select(json => new JourneyVersion(Read(json), 1, Current: true))],
        Templates =
        [
            new MessageTemplate("hello", "sms", PropertyBag.Of(("text", "您好 {{ contact.name ?? '朋友' }}，{{ event.amount }} 元已到账。退订回T"))),
            new MessageTemplate("hello-wecom", "wecom", PropertyBag.Of(("text", "欢迎 {{ contact.name ?? '朋友' }}！"))),
        ],
        Segments = [new Segment("regulars", "Regulars", new RuleGroup(Combinator.And, false, [new Rule("history.order_paid.count", ">=", 3L, Duration.FromDays(30))]))],
        Accounts = [new AccountTraits("sandbox", [new ChannelTraits("sms", "phone", 500, null), new ChannelTraits("wecom", "external_user_id", null, null)], false, true)],
    };

    /// <summary>Event number n of the day; a millisecond apart, contacts drawn evenly.</summary>
    public static ContactEvent Event(int n) => EventAmong(Contacts, n);

    public static ContactEvent EventAmong(int contacts, int n)
    {
        var draw = Draw((ulong)n);
        var contact = (int)(draw % (ulong)contacts);
        var isBusy = (draw >> 20) % 10 == 0;
        var names = isBusy ? Busy : Idle;
        var name = names[(int)((draw >> 28) % (ulong)names.Length)];
        var at = Start + Duration.FromMilliseconds(n);
        return new ContactEvent(
            Id(n),
            EventType.Track,
            name,
            at,
            at,
            PropertyBag.Of(
                ("amount", (decimal)((draw >> 36) % 20_000) / 100), ("sku", "s-" + (draw >> 44 & 1023).ToString(CultureInfo.InvariantCulture)), ("group_id", "g-" + (draw >> 50 & 15).ToString(CultureInfo.InvariantCulture))),
            Identities(contact));
    }

    public static ImmutableArray<Identity> Identities(int contact) => [new Identity(Identity.UserId, "u" + contact.ToString(CultureInfo.InvariantCulture))];

    /// <summary>A time-ordered id, as UUID version 7 senders make them.</summary>
    public static string Id(int n) => new Guid(n, 0x4000, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1).ToString();

    private static Journey Read(string json) =>
        JourneyDocument.Read(Encoding.UTF8.GetBytes(json)).Value ?? throw new InvalidOperationException($"Expected a journey, but got {json}.");

    private static IEnumerable<string> Documents()
    {
        const string Rest = """ "steps":[{"id":"w","type":"wait","for":"1d","next":"m"},{"id":"m","type":"send","channel":"sms","template":"hello"}]} """;
        for (var i = 0; i < 6; i++)
        {
            yield return $$$"""{"key":"group-{{{i}}}","name":"G","trigger":{"on":"event","event":"group_joined","where":{"combinator":"and","rules":[{"field":"event.group_id","operator":"=","value":"g-{{{i}}}"}]}},"exit":[{"event":"order_paid"}],"goal":{"event":"order_paid","within":"7d","value":"amount"},{{{Rest}}}""";
        }
        yield return $$$"""{"key":"first","name":"F","trigger":{"on":"event","event":"order_paid","occurrence":1},{{{Rest}}}""";
        yield return $$$"""{"key":"big","name":"B","trigger":{"on":"event","event":"order_paid","where":{"combinator":"and","rules":[{"field":"event.amount","operator":">=","value":150}]}},"entry":{"repeat":{"after":"30d"}},{{{Rest}}}""";
        yield return $$$"""{"key":"third","name":"T","trigger":{"on":"event","event":"order_paid","where":{"combinator":"and","rules":[{"field":"history.order_paid.count","operator":"=","value":3,"within":"90d"}]}},{{{Rest}}}""";
        yield return $$$"""{"key":"cart","name":"C","trigger":{"on":"not_done","did":"cart_added","but_not":"order_paid","within":"2h"},"entry":{"repeat":{"after":"7d"}},{{{Rest}}}""";
        yield return $$$"""{"key":"form","name":"Q","trigger":{"on":"event","event":"form_filled"},"entry":{"repeat":"once","audience":{"combinator":"and","rules":[{"field":"contact.city","operator":"=","value":"上海"}]}},{{{Rest}}}""";
        yield return $$$"""{"key":"coupon","name":"U","trigger":{"on":"event","event":"coupon_used"},"entry":{"repeat":"always"},"steps":[{"id":"b","type":"branch","branches":[{"name":"vip","when":{"combinator":"and","rules":[{"field":"contact.level","operator":"=","value":"vip"}]},"next":"m"}],"otherwise":"w"},{"id":"w","type":"wait","for":"3h","next":"m"},{"id":"m","type":"send","channel":"sms","template":"hello"}]}""";
        yield return $$$"""{"key":"asleep-30","name":"D","trigger":{"on":"dormant","for":"30d"},{{{Rest}}}""";
        yield return $$$"""{"key":"asleep-90","name":"D","trigger":{"on":"dormant","for":"90d","activity":["order_paid"]},{{{Rest}}}""";
        yield return $$$"""{"key":"birthday","name":"A","trigger":{"on":"date","attribute":"birthday","at":"09:00","yearly":true},{{{Rest}}}""";
        yield return $$$"""{"key":"vip","name":"V","trigger":{"on":"tag","tag":"vip","change":"added"},{{{Rest}}}""";
        yield return $$$"""{"key":"regular","name":"R","trigger":{"on":"segment","segment":"regulars","change":"entered"},{{{Rest}}}""";
        yield return $$$"""{"key":"reply","name":"K","trigger":{"on":"keyword","keywords":["福利"],"match":"contains"},{{{Rest}}}""";
        yield return $$$"""{"key":"monday","name":"M","trigger":{"on":"schedule","cron":"0 9 * * 1"},{{{Rest}}}""";
        yield return $$$"""{"key":"hand","name":"H","trigger":{"on":"manual"},{{{Rest}}}""";
    }

    /// <summary>SplitMix64 (Steele, Lea and Flood 2014): a good draw for each n without any state.</summary>
    private static ulong Draw(ulong n)
    {
        unchecked
        {
            var z = (n + 1) * 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
