using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Sending;

namespace Automation.Core.Steps.Call;

/// <summary>Asks a service. It is a message that wants an answer: the same outbox, the same intents, no gates, for it reaches no person.</summary>
internal sealed class CallStep(CallNode node) : Step(node.Id)
{
    private readonly CompiledContent _content = new(node.Content);

    public override string? Next => node.Next;

    public FailurePolicy OnFailure => node.OnFailure;

    public override Move Enter(Turn turn, in Place here)
    {
        var enrollment = turn.Find(here.Ordinal)!;
        var rendered = _content.Render(turn, enrollment);
        if (rendered.Error is { } error)
        {
            Walk.Stick(turn, here, Reasons.RenderFailed, error);
            return Move.Stay;
        }
        var id = MessageId.Of(turn.Contact, enrollment, here, chainIndex: 0);
        var channel = turn.Journeys.FindAccount(node.Account) is { Channels: [var first, ..] } ? first.Channel : Channels.Webhook;
        turn.Record(new StepFact.MessageQueued(
            here.Journey, here.Version, here.Ordinal, here.Step, here.Visit, id, ChainIndex: 0,
            channel, node.Account, Template: "", TemplateVersion: 0, IsCall: true, Quota: null, AnswerBy: turn.Now + node.Timeout));
        turn.Do(new Effect.SendMessage(
            id, here.Ordinal, here.Journey, here.Version, here.Step, channel, node.Account, Template: "", IsCall: true,
            AddressType: "", Address: "", rendered.Content!, SendBefore: turn.Now + node.Timeout));
        return Move.Stay;
    }

    /// <summary>No answer in time.</summary>
    public override Move WakeUp(Turn turn, Enrollment enrollment, in Place here)
    {
        var id = MessageId.Of(turn.Contact, enrollment, here, chainIndex: 0);
        turn.Do(new Effect.CancelMessage(id));
        turn.Record(new StepFact.MessageFailed(here.Journey, here.Version, here.Ordinal, here.Step, here.Visit, id, Channels.Webhook, null, null)
        {
            Reason = Reasons.TimedOut,
        });
        return Walk.Fail(turn, here, node.OnFailure, node.Next, Reasons.TimedOut);
    }
}
