using Automation.Core.Contacts;
using Automation.Core.Primitives;

namespace Automation.Core.Deciding;

/// <summary>What each fact leaves under <c>steps.&lt;id&gt;.*</c> for later steps.</summary>
internal static class StepResults
{
    public const string Outcome = "outcome";
    public const string Stage = "stage";

    public static Enrollment Note(Enrollment enrollment, StepFact fact, ContactEvent? happened)
    {
        var values = fact switch
        {
            StepFact.WaitEnded { By: WaitEnd.Event } ended when happened?.MessageId == ended.EventId =>
                happened!.Properties.With(Outcome, "event"),
            StepFact.WaitEnded ended => PropertyBag.Of((Outcome, ended.By == WaitEnd.Time ? "timeout" : "event")),
            StepFact.BranchTaken taken => PropertyBag.Of(("branch", taken.Branch)),
            StepFact.VariantDrawn drawn => PropertyBag.Of(("variant", drawn.Variant)),
            StepFact.MessageQueued queued => PropertyBag.Of((Outcome, "queued"), ("channel", queued.Channel)),
            StepFact.MessageSuppressed suppressed => PropertyBag.Of((Outcome, "suppressed"), ("reason", suppressed.Reason), ("channel", suppressed.Channel)),
            StepFact.MessageSent sent => PropertyBag.Of((Outcome, "sent"), ("channel", sent.Channel)),
            StepFact.MessageProgressed progressed =>
                PropertyBag.Of((Outcome, "sent"), ("channel", progressed.Channel), (Stage, progressed.Stage)),
            StepFact.MessageDelivered delivered => PropertyBag.Of((Outcome, "delivered"), ("channel", delivered.Channel)),
            StepFact.MessageFailed failed => PropertyBag.Of((Outcome, "failed"), ("reason", failed.Reason), ("code", failed.Code), ("channel", failed.Channel)),
            StepFact.MessageUnknown unknown => PropertyBag.Of((Outcome, "unknown"), ("channel", unknown.Channel)),
            StepFact.CallAnswered answered => answered.Response.With(Outcome, "answered"),
            _ => null,
        };
        return values is null ? enrollment : Set(enrollment, fact.Step, values);
    }

    public static PropertyBag? Find(Enrollment enrollment, string step)
    {
        foreach (var result in enrollment.Results)
        {
            if (string.Equals(result.Step, step, StringComparison.Ordinal))
            {
                return result.Values;
            }
        }
        return null;
    }

    private static Enrollment Set(Enrollment enrollment, string step, PropertyBag values)
    {
        for (var i = 0; i < enrollment.Results.Length; i++)
        {
            if (string.Equals(enrollment.Results[i].Step, step, StringComparison.Ordinal))
            {
                return enrollment with { Results = enrollment.Results.SetItem(i, new StepResult(step, values)) };
            }
        }
        return enrollment with { Results = enrollment.Results.Add(new StepResult(step, values)) };
    }
}
