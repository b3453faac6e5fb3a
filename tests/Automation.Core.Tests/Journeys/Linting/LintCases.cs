namespace Automation.Core.Tests.Journeys.Linting;

/// <summary>For every code a document that is wrong in just that way, and where the finding has to point.</summary>
internal static class LintCases
{
    public const string Journey = "journey";
    public const string Template = "template";
    public const string Segment = "segment";
    public const string Settings = "settings";

    private const string LongText = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

    public static readonly (string Code, string Kind, string Json, string Pointer)[] All =
    [
        ("malformed_json", Journey, "{", ""),
        ("malformed_json", Journey, "", ""),
        ("malformed_json", Journey, """{"key":"a",}""", ""),
        ("too_large", Journey, new string(' ', 1_048_577), ""),

        ("wrong_type", Journey, "[]", ""),
        ("wrong_type", Journey, "null", ""),
        ("wrong_type", Journey, Steps("""{"id":"a","type":"exit"}, 7"""), "/steps/1"),
        ("wrong_type", Journey, Steps("""{"id":"a","type":"wait","for":"1d","next":7}"""), "/steps/0/next"),
        ("wrong_type", Journey, Trigger("""{"on":"event","event":null}"""), "/trigger/event"),
        ("wrong_type", Journey, Trigger("""{"on":"event","event":42}"""), "/trigger/event"),
        ("wrong_type", Journey, Trigger("""{"on":"date","attribute":"birthday","yearly":"yes"}"""), "/trigger/yearly"),
        ("wrong_type", Settings, """{"caps":{}}""", "/caps"),
        ("missing_property", Journey, """{"key":"a","steps":[{"id":"a","type":"exit"}]}""", ""),
        ("missing_property", Journey, Steps("""{"id":"a"}"""), "/steps/0"),
        ("missing_property", Journey, Steps("""{"id":"a","type":"wait"}"""), "/steps/0"),
        ("missing_property", Journey, Steps("""{"id":"a","type":"update"}"""), "/steps/0"),
        ("missing_property", Journey, Entry("""{"repeat":"after"}"""), "/entry/repeat"),
        ("missing_property", Segment, """{"key":"a"}""", ""),
        ("missing_property", Template, """{"key":"a","channel":"sms"}""", ""),
        ("unknown_key", Journey, """{"key":"a","trigger":{"on":"manual"},"steps":[{"id":"a","type":"exit"}],"a/b~":1}""", "/a~1b~0"),
        ("unknown_key", Journey, Steps("""{"id":"a","type":"exit","next":"a"}"""), "/steps/0/next"),
        ("unknown_key", Journey, Trigger("""{"on":"manual","event":"e"}"""), "/trigger/event"),
        ("unknown_key", Journey, Where("""{"combinator":"and","rules":[{"field":"event.a","operator":"=","value":1,"vaule":2}]}"""), "/trigger/where/rules/0/vaule"),
        ("unknown_key", Settings, """{"timezone":"UTC"}""", "/timezone"),
        ("unknown_key", Template, """{"key":"a","channel":"sms","text":"x","content":{"text":"x"}}""", "/text"),
        ("duplicate_property", Journey, """{"key":"a","key":"b","trigger":{"on":"manual"},"steps":[{"id":"a","type":"exit"}]}""", "/key"),
        ("duplicate_property", Template, """{"key":"a","channel":"sms","content":{"text":"x","text":"y"}}""", "/content/text"),
        ("conflicting_keys", Journey, Entry("""{"after":"1d","per":"event.id"}"""), "/entry/per"),
        ("conflicting_keys", Journey, Entry("""{"repeat":"once","after":"1d"}"""), "/entry/repeat"),
        ("conflicting_keys", Journey, Entry("""{"repeat":{"after":"1d"},"per":"event.id"}"""), "/entry/repeat"),
        ("conflicting_keys", Journey, Steps("""{"id":"a","type":"wait","until":{"time":"10:00","offset":"1d"}}"""), "/steps/0/until/offset"),
        ("conflicting_keys", Segment, """{"key":"a","list":true,"rule":{"combinator":"and","rules":[]}}""", "/rule"),
        ("unknown_trigger", Journey, Trigger("""{"on":"full_moon"}"""), "/trigger/on"),
        ("unknown_step_type", Journey, Steps("""{"id":"a","type":"dance"}"""), "/steps/0/type"),
        ("unknown_value", Journey, Trigger("""{"on":"tag","tag":"vip","change":"lost"}"""), "/trigger/change"),
        ("unknown_value", Journey, Entry("""{"repeat":"sometimes"}"""), "/entry/repeat"),
        ("unknown_value", Journey, Steps("""{"id":"a","type":"wait","until":{"time":"10:00","days":["monday"]}}"""), "/steps/0/until/days/0"),
        ("unknown_value", Settings, """{"consent":{"sms":"maybe"}}""", "/consent/sms"),
        ("too_many", Journey, Steps(string.Join(',', Enumerable.Repeat("""{"id":"a","type":"exit"}""", 501))), "/steps"),
        ("too_many", Journey, Steps($$"""{"id":"a","type":"branch","branches":[{{string.Join(',', Enumerable.Repeat("{}", 51))}}]}"""), "/steps/0/branches"),
        ("too_many", Journey, Where($$"""{"combinator":"and","rules":[{"combinator":"and","rules":[{{Rules(150)}}]},{"combinator":"and","rules":[{{Rules(51)}}]}]}"""), "/trigger/where"),
        ("too_long", Journey, Trigger($$"""{"on":"event","event":"{{LongText}}{{LongText}}{{LongText}}"}"""), "/trigger/event"),
        ("too_deep", Journey, Where(string.Concat(Enumerable.Repeat("""{"rules":[""", 11)) + string.Concat(Enumerable.Repeat("]}", 11))),
            "/trigger/where" + string.Concat(Enumerable.Repeat("/rules/0", 10))),
        ("too_deep", Template, """{"key":"a","channel":"sms","content":{"text":""" + new string('[', 17) + new string(']', 17) + "}}",
            "/content/text" + string.Concat(Enumerable.Repeat("/0", 16))),

        ("bad_key", Journey, """{"key":"a b","trigger":{"on":"manual"},"steps":[{"id":"a","type":"exit"}]}""", "/key"),
        ("bad_key", Journey, Steps("""{"id":"a.b","type":"exit"}"""), "/steps/0/id"),
        ("bad_key", Journey, Steps("""{"id":"","type":"exit"}"""), "/steps/0/id"),
        ("bad_text", Journey, Trigger("""{"on":"event","event":" "}"""), "/trigger/event"),
        ("bad_text", Journey, Trigger("""{"on":"event","event":"\ud800"}"""), "/trigger/event"),
        ("bad_text", Template, """{"key":"a","channel":"sms","content":{"text":"\udc00"}}""", "/content/text"),
        ("bad_number", Journey, Trigger("""{"on":"event","event":"e","occurrence":0}"""), "/trigger/occurrence"),
        ("bad_number", Journey, Trigger("""{"on":"event","event":"e","occurrence":1.5}"""), "/trigger/occurrence"),
        ("bad_number", Settings, """{"holdout_percent":101}""", "/holdout_percent"),
        ("bad_number", Template, """{"key":"a","channel":"sms","content":{"text":1e999}}""", "/content/text"),
        ("bad_duration", Journey, Steps("""{"id":"a","type":"wait","for":"soon"}"""), "/steps/0/for"),
        ("bad_duration", Journey, Steps("""{"id":"a","type":"wait","for":30}"""), "/steps/0/for"),
        ("bad_duration", Journey, Steps("""{"id":"a","type":"wait","for":"0s"}"""), "/steps/0/for"),
        ("bad_duration", Journey, Steps("""{"id":"a","type":"wait","for":"-1d"}"""), "/steps/0/for"),
        ("bad_duration", Journey, Trigger("""{"on":"dormant","for":"40000d"}"""), "/trigger/for"),
        ("bad_time", Journey, Steps("""{"id":"a","type":"wait","until":{"time":"25:00"}}"""), "/steps/0/until/time"),
        ("bad_time", Settings, """{"quiet_hours":{"sms":{"from":"9pm","to":"09:00"}}}""", "/quiet_hours/sms/from"),
        ("bad_time", Settings, """{"quiet_hours":{"sms":{"from":"09:00","to":"09:00"}}}""", "/quiet_hours/sms/to"),
        ("bad_zone", Settings, """{"time_zone":"Asia/Beijing"}""", "/time_zone"),
        ("bad_cron", Journey, Trigger("""{"on":"schedule","cron":"0 9 * *"}"""), "/trigger/cron"),
        ("bad_cron", Journey, Trigger("""{"on":"schedule","cron":"0 0 30 2 *"}"""), "/trigger/cron"),
        ("unsupported_rule", Journey, Where("""{"combinator":"and","rules":[{"field":"event.a","operator":"=","valueSource":"field","value":"event.b"}]}"""),
            "/trigger/where/rules/0/valueSource"),
        ("unsupported_rule", Journey, Where("""{"combinator":"and","muted":true,"rules":[]}"""), "/trigger/where/muted"),

        ("unknown_field", Journey, Where(Rule("city")), "/trigger/where/rules/0/field"),
        ("unknown_field", Journey, Where(Rule("history.order_paid.median")), "/trigger/where/rules/0/field"),
        ("unknown_field", Journey, Steps($$"""{"id":"a","type":"branch","branches":[{"name":"x","when":{{Rule("steps.ask.code")}}}]}"""), "/steps/0/branches/0/when/rules/0/field"),
        ("unknown_field", Journey, Entry("""{"per":"order_id"}"""), "/entry"),
        ("unknown_field", Journey, Entry("""{"per":"tags"}"""), "/entry"),
        ("unknown_field", Journey, Steps("""{"id":"a","type":"wait","until":{"date":"event.due"}}"""), "/steps/0/until/date"),
        ("field_out_of_scope", Segment, $$"""{"key":"a","rule":{{Rule("event.amount")}}}""", "/rule/rules/0/field"),
        ("field_out_of_scope", Journey, Where(Rule("steps.end.code")), "/trigger/where/rules/0/field"),
        ("unknown_operator", Journey, Where(Rule("event.a", "like")), "/trigger/where/rules/0/operator"),
        ("operator_not_for_field", Journey, Where(Rule("history.e.count", "beginsWith")), "/trigger/where/rules/0/operator"),
        ("value_missing", Journey, Where("""{"combinator":"and","rules":[{"field":"event.a","operator":">"}]}"""), "/trigger/where/rules/0/value"),
        ("value_not_usable", Journey, Where(Rule("history.e.count", ">", "\"many\"")), "/trigger/where/rules/0/value"),
        ("text_order", Journey, Where(Rule("event.amount", ">=", "\"abc\"")), "/trigger/where/rules/0/value"),
        ("text_order", Journey, Where(Rule("event.amount", "between", "[1,\"many\"]")), "/trigger/where/rules/0/value"),
        ("within_not_usable", Journey, Where("""{"combinator":"and","rules":[{"field":"event.a","operator":"=","value":1,"within":"1d"}]}"""),
            "/trigger/where/rules/0/within"),
        ("empty_rule", Journey, Steps("""{"id":"a","type":"branch","branches":[{"name":"all","when":{"combinator":"and","rules":[]}}]}"""), "/steps/0/branches/0/when"),

        ("no_steps", Journey, Steps(""), "/steps"),
        ("duplicate_step_id", Journey, Steps("""{"id":"a","type":"wait","for":"1d","next":"b"},{"id":"b","type":"exit"},{"id":"a","type":"exit"}"""), "/steps/2/id"),
        ("unknown_step", Journey, Steps("""{"id":"a","type":"wait","for":"1d","next":"b"}"""), "/steps/0/next"),
        ("unknown_step", Journey, Steps("""{"id":"a","type":"send","channel":"sms","template":"hello","on_failure":{"next":"b"}}"""), "/steps/0/on_failure/next"),
        ("unknown_step", Journey, Steps("""{"id":"a","type":"split","variants":[{"name":"x","weight":1,"next":"b"}]}"""), "/steps/0/variants/0/next"),
        ("unknown_step", Journey, Steps("""{"id":"a","type":"wait_for","event":"e","timeout":"1d","otherwise":"b"}"""), "/steps/0/otherwise"),
        ("unreachable_step", Journey, Steps("""{"id":"a","type":"exit"},{"id":"b","type":"exit"}"""), "/steps/1"),
        ("cycle_without_wait", Journey, Steps("""{"id":"a","type":"emit","event":"e","next":"a"}"""), "/steps/0"),
        ("cycle_without_wait", Journey, Steps("""{"id":"a","type":"wait","for":"1d","next":"b"},{"id":"b","type":"emit","event":"e","next":"c"},{"id":"c","type":"emit","event":"e","next":"b"}"""), "/steps/1"),
        ("cycle_without_wait", Journey, Steps("""{"id":"a","type":"wait","until":{"date":"contact.due"},"next":"a"}"""), "/steps/0"),
        ("empty_branches", Journey, Steps("""{"id":"a","type":"branch","branches":[]}"""), "/steps/0/branches"),
        ("empty_branches", Journey, Steps("""{"id":"a","type":"split","variants":[]}"""), "/steps/0/variants"),
        ("weights_not_positive", Journey, Steps("""{"id":"a","type":"split","variants":[{"name":"x","weight":0},{"name":"y","weight":1}]}"""), "/steps/0/variants/0/weight"),
        ("duplicate_name", Journey, Steps("""{"id":"a","type":"split","variants":[{"name":"x","weight":1},{"name":"x","weight":1}]}"""), "/steps/0/variants/1/name"),

        ("duplicate_key", Template, """{"key":"hello","channel":"sms","content":{"text":"x"}}""", "/key"),
        ("unknown_template", Journey, Steps("""{"id":"a","type":"send","channel":"sms","template":"none"}"""), "/steps/0/template"),
        ("unknown_template", Journey, Steps("""{"id":"a","type":"send","channel":"sms","template":"hello","fallback":[{"channel":"sms","template":"none","after":"4h"}]}"""), "/steps/0/fallback/0/template"),
        ("template_channel_mismatch", Journey, Steps("""{"id":"a","type":"send","channel":"wecom","template":"hello"}"""), "/steps/0/template"),
        ("unknown_segment", Journey, Trigger("""{"on":"segment","segment":"none"}"""), "/trigger/segment"),
        ("unknown_segment", Segment, $$"""{"key":"a","rule":{{Rule("segments", "contains", "\"none\"")}}}""", "/rule/rules/0/value"),
        ("segment_cycle", Segment, $$"""{"key":"a","rule":{{Rule("segments", "in", "\"loyal, a\"")}}}""", "/rule/rules/0/value"),
        ("unknown_channel", Journey, Trigger("""{"on":"keyword","keywords":["福利"],"channel":"fax"}"""), "/trigger/channel"),
        ("unknown_channel", Template, """{"key":"a","channel":"fax","content":{"text":"x"}}""", "/channel"),
        ("unknown_channel", Settings, """{"caps":[{"channel":"fax","at_most":1,"per":"1d"}]}""", "/caps/0/channel"),
        ("unknown_account", Journey, Steps("""{"id":"a","type":"send","channel":"sms","template":"hello","account":"none"}"""), "/steps/0/account"),
        ("unknown_account", Journey, Steps("""{"id":"a","type":"call","account":"none"}"""), "/steps/0/account"),
        ("unknown_account", Settings, """{"accounts":{"sms":"none"}}""", "/accounts/sms"),
        ("account_channel_mismatch", Settings, """{"accounts":{"wecom":"aliyun"}}""", "/accounts/wecom"),
        ("missing_account", Journey, Steps("""{"id":"a","type":"send","channel":"webhook","template":"ping"}"""), "/steps/0"),

        ("empty_content", Template, """{"key":"a","channel":"sms","content":{}}""", "/content"),
        ("unknown_content_field", Template, """{"key":"a","channel":"sms","content":{"text":"x","tiltle":"y"}}""", "/content/tiltle"),
        ("template_syntax", Template, """{"key":"a","channel":"sms","content":{"text":"Hi {{ if contact.vip }}"}}""", "/content/text"),
        ("template_syntax", Journey, Steps("""{"id":"a","type":"emit","event":"e","properties":{"list":["{{ 1 + }}"]}}"""), "/steps/0/properties/list/0"),
        ("hidden_by_built_in", Template, """{"key":"a","channel":"sms","content":{"text":"Until {{ date }}"}}""", "/content/text"),
        ("hidden_by_built_in", Template, """{"key":"a","channel":"sms","content":{"text":"{{ string.name | string.upcase }}"}}""", "/content/text"),
        ("no_event_at_hand", Journey, OnSchedule("""{"id":"a","type":"update","set":{"code":"{{ event.code }}"}}"""), "/steps/0/set/code"),
        ("no_event_at_hand", Journey, OnSchedule("""{"id":"a","type":"branch","branches":[{"name":"x","when":{"combinator":"and","rules":[{"field":"event.a","operator":"=","value":1}]},"next":"b"}]},{"id":"b","type":"exit"}"""), "/steps/0/branches/0/when/rules/0/field"),
        ("no_event_at_hand", Journey, OnSchedule("""{"id":"a","type":"send","channel":"sms","template":"receipt"}"""), "/steps/0/template"),
        ("no_event_at_hand", Journey, """{"key":"a","trigger":{"on":"dormant","for":"30d"},"entry":{"audience":{"combinator":"and","rules":[{"field":"event.a","operator":"=","value":1}]}},"steps":[{"id":"a","type":"exit"}]}""", "/entry/audience/rules/0/field"),
        ("unknown_variable", Template, """{"key":"a","channel":"sms","content":{"text":"Hi {{ customer.name }}"}}""", "/content/text"),
        ("unknown_variable", Journey, Steps("""{"id":"a","type":"update","set":{"code":"{{ steps.ask.code }}"}}"""), "/steps/0/set/code"),
    ];

    public static string Steps(string steps) => $$"""{"key":"a","trigger":{"on":"manual"},"steps":[{{steps}}]}""";

    private static string OnSchedule(string steps) => $$"""{"key":"a","trigger":{"on":"schedule","cron":"0 9 * * *"},"steps":[{{steps}}]}""";

    public static string Trigger(string trigger) => $$"""{"key":"a","trigger":{{trigger}},"steps":[{"id":"end","type":"exit"}]}""";

    private static string Entry(string entry) => $$"""{"key":"a","trigger":{"on":"manual"},"entry":{{entry}},"steps":[{"id":"end","type":"exit"}]}""";

    private static string Where(string rule) => Trigger($$"""{"on":"event","event":"e","where":{{rule}}}""");

    private static string Rule(string field, string @operator = "=", string value = "1") =>
        $$"""{"combinator":"and","rules":[{"field":"{{field}}","operator":"{{@operator}}","value":{{value}}}]}""";

    private static string Rules(int count) => string.Join(',', Enumerable.Repeat("""{"field":"event.a","operator":"=","value":1}""", count));
}
