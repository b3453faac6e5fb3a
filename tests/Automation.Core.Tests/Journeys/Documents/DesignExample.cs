namespace Automation.Core.Tests.Journeys.Documents;

/// <summary>The journey document that the design shows.</summary>
internal static class DesignExample
{
    public const string Json = """
        {
          "key": "newcomer-benefit",
          "name": "新人入群 24 小时福利",
          "trigger": { "on": "event", "event": "group_joined",
                       "where": { "combinator": "and", "rules": [ { "field": "event.group_id", "operator": "=", "value": "g-42" } ] } },
          "entry":   { "repeat": "once", "audience": { "combinator": "and", "rules": [ { "field": "contact.city", "operator": "=", "value": "上海" } ] } },
          "exit":    [ { "event": "order_paid" } ],
          "goal":    { "event": "order_paid", "within": "7d", "value": "amount" },
          "steps": [
            { "id": "day-1",  "type": "wait",   "for": "24h", "next": "gate" },
            { "id": "gate",   "type": "branch", "branches": [ { "name": "VIP", "when": { "combinator": "and", "rules": [ { "field": "contact.level", "operator": "=", "value": "vip" } ] }, "next": "vip" } ], "otherwise": "offer" },
            { "id": "vip",    "type": "send",   "channel": "wecom", "template": "vip-hello" },
            { "id": "offer",  "type": "send",   "channel": "mini_program", "template": "newcomer-offer",
              "fallback": [ { "channel": "sms", "template": "newcomer-offer-sms", "after": "4h" } ] }
          ]
        }
        """;
}
