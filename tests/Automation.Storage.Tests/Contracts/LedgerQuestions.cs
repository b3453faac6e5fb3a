using Automation.Core.Deciding;
using Automation.Runtime.Ports;
using static Automation.Storage.Tests.Contracts.Sample;

namespace Automation.Storage.Tests.Contracts;

/// <summary>What people ask of a ledger, one of each sort: what it costs must not grow with the ledger.</summary>
internal static class LedgerQuestions
{
    public static IReadOnlyList<FactQuery> All { get; } =
    [
        new FactQuery(),
        new FactQuery(Before: 400),
        new FactQuery(After: 400, NewestFirst: false),
        new FactQuery(Contact: 7),
        new FactQuery(Contact: 7, Journey: "welcome", NewestFirst: false),
        new FactQuery(Contact: 7) { Message = Message(1) },
        new FactQuery(Actor: "li"),
        new FactQuery(Journey: "welcome"),
        new FactQuery(Journey: "welcome", Step: "offer", Before: 400),
        new FactQuery(Kind: "not_enrolled"),
        new FactQuery(Reason: Reasons.FrequencyCap, From: At(10), To: At(90)),
        new FactQuery(From: At(10), To: At(90)),
        new FactQuery { Channel = "sms" },
        new FactQuery(Before: 400) { Channel = "sms" },
        new FactQuery { Account = "sandbox" },
        new FactQuery(Contact: 7, Journey: "welcome", Ordinal: 1),
        new FactQuery(Contact: 7) { Text = "北京" },
        new FactQuery(Contact: 7, From: At(10), To: At(90), NewestFirst: false),
        new FactQuery(Kind: "not_enrolled", Before: 400),
        new FactQuery(Journey: "welcome", Step: "offer", Reason: Reasons.NoQuota),
        new FactQuery(Reason: Reasons.TooLarge),
    ];
}
