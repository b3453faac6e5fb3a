using System.Collections.Immutable;
using Automation.Core.Primitives;

namespace Automation.Core.Deciding;

/// <summary>Kinds of facts about what a person agreed to, and about who saw, took out and erased what is known of them.</summary>
internal static class PersonalKinds
{
    public static ImmutableArray<FactKind> All { get; } =
    [
        FactKind.Of<ContactFact.ConsentChanged>(
            "consent_changed",
            static (to, f) =>
            {
                to.Text("channel"u8, f.Channel);
                to.WriteBoolean("granted"u8, f.Granted);
                to.Text("source"u8, f.Source);
                to.Time("given_at"u8, f.GivenAt);
                to.Bag("evidence"u8, f.Evidence);
            },
            static (in f) => new ContactFact.ConsentChanged(
                f.Details.Text("channel"u8), f.Details.Flag("granted"u8), f.Details.Text("source"u8), f.Details.OptionalTime("given_at"u8),
                f.Details.OptionalBag("evidence"u8))),
        FactKind.Of<ContactFact.PersonalSeen>(
            "personal_data_seen",
            static (to, f) => to.Text("where"u8, f.Where),
            static (in f) => new ContactFact.PersonalSeen(f.Details.Text("where"u8))),
        FactKind.Of<ContactFact.PersonalExported>(
            "personal_data_exported",
            static (to, f) => to.Text("where"u8, f.Where),
            static (in f) => new ContactFact.PersonalExported(f.Details.Text("where"u8))),
        FactKind.Of<ContactFact.ContactErased>(
            "contact_erased",
            static (to, f) => to.Text("why"u8, f.Why),
            static (in f) => new ContactFact.ContactErased(f.Details.Text("why"u8))),
    ];
}
