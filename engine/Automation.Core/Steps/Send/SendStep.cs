using System.Collections.Immutable;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Rules;
using Automation.Core.Sending;
using NodaTime;

namespace Automation.Core.Steps.Send;

/// <summary>
/// Sends one message through the gates. A way that is refused or fails hands over to the next of the chain at once; a way that is
/// not known to have arrived in its time hands over then. The contact waits here until the chain has its last word.
/// </summary>
internal sealed class SendStep(SendNode node) : Step(node.Id)
{
    private readonly ImmutableArray<SendFallback> _chain =
    [
        new SendFallback(node.Channel, node.Account, node.Template, node.Quota, Duration.Zero),
        .. node.Fallback,
    ];

    public override string? Next => node.Next;

    public FailurePolicy OnFailure => node.OnFailure;

    public override Move Enter(Turn turn, in Place here)
    {
        var enrollment = turn.Find(here.Ordinal)!;
        return Try(turn, here, enrollment.Visit == here.Visit ? enrollment.ChainIndex : 0);
    }

    /// <summary>The way at hand did not arrive in its time.</summary>
    public override Move WakeUp(Turn turn, Enrollment enrollment, in Place here)
    {
        Outcomes.TakeBackLink(turn, enrollment, Reasons.TimedOut);
        return Fallback(turn, here, enrollment.ChainIndex, Reasons.TimedOut);
    }

    /// <summary>The link of the chain that sends this template on this channel, or -1.</summary>
    public int LinkOf(string channel, string template)
    {
        for (var i = 0; i < _chain.Length; i++)
        {
            if (_chain[i].Channel == channel && _chain[i].Template == template)
            {
                return i;
            }
        }
        return -1;
    }

    /// <summary>The quota that a link of the chain takes from, or null.</summary>
    public string? QuotaOf(int chainIndex) => _chain[chainIndex].Quota;

    public bool HasFallback(int chainIndex) => chainIndex + 1 < _chain.Length;

    /// <summary>Tries the next way, or follows the failure policy when there is none.</summary>
    public Move Fallback(Turn turn, in Place here, int chainIndex, string reason)
    {
        if (!HasFallback(chainIndex))
        {
            return Walk.Fail(turn, here, node.OnFailure, node.Next, reason);
        }
        turn.Record(new StepFact.FallbackStarted(here.Journey, here.Version, here.Ordinal, here.Step, here.Visit, chainIndex + 1) { Reason = reason });
        return Try(turn, here, chainIndex + 1);
    }

    private Move Try(Turn turn, in Place here, int chainIndex)
    {
        var enrollment = turn.Find(here.Ordinal)!;
        var link = _chain[chainIndex];
        if (WayOf(turn, link) is not { } way)
        {
            Walk.Stick(turn, here, Reasons.NoAccount, $"Expected an account for channel '{link.Channel}', but the workspace names none.");
            return Move.Stay;
        }
        var verdict = Gates.Ask(turn, enrollment, way);
        if (verdict.Until is { } until)
        {
            turn.Record(new StepFact.MessagePostponed(here.Journey, here.Version, here.Ordinal, here.Step, here.Visit, chainIndex, way.Channel, way.Template, until)
            {
                Reason = verdict.Reason,
                Looked = turn.Looked([verdict.Looked]),
            });
            return Move.Stay;
        }
        if (!verdict.IsOpen)
        {
            return Suppress(turn, here, chainIndex, way, verdict.Reason!, [verdict.Looked], null);
        }
        if (turn.Journeys.FindTemplate(way.Template) is not { } template)
        {
            return Suppress(turn, here, chainIndex, way, Reasons.RenderFailed, [], $"Expected template '{way.Template}', but there is none.");
        }
        var (content, error) = template.Content.Render(turn, enrollment);
        if (content is null)
        {
            return Suppress(turn, here, chainIndex, way, Reasons.RenderFailed, [], error);
        }
        if (SizeLimits.Exceeded(turn, way, content) is { } size)
        {
            return Suppress(turn, here, chainIndex, way, Reasons.TooLarge, [size], null);
        }

        var message = MessageId.Of(turn.Contact, enrollment, here, chainIndex);
        var address = way.AddressType is null ? null : Gates.AddressOf(turn.Contact, way.AddressType);
        Instant? answerBy = HasFallback(chainIndex) ? turn.Now + _chain[chainIndex + 1].After : null;
        turn.Record(new StepFact.MessageQueued(
            here.Journey, here.Version, here.Ordinal, here.Step, here.Visit, message, chainIndex,
            way.Channel, way.Account, template.Key, template.Version, IsCall: false, way.Quota, answerBy));
        turn.Do(new Effect.SendMessage(
            message, here.Ordinal, here.Journey, here.Version, here.Step, way.Channel, way.Account, template.Key, IsCall: false,
            address?.Type ?? "", address?.Value ?? "", content,
            Quiet.NextStart(turn.Journeys.Settings.QuietHours.GetValueOrDefault(way.Channel), turn.Now.InZone(turn.Zone))));
        return Move.Stay;
    }

    private Move Suppress(Turn turn, in Place here, int chainIndex, in Way way, string reason, List<EvaluatedValue> looked, string? text)
    {
        turn.Record(new StepFact.MessageSuppressed(here.Journey, here.Version, here.Ordinal, here.Step, here.Visit, chainIndex, way.Channel, way.Template, text)
        {
            Reason = reason,
            Looked = turn.Looked(looked),
        });
        // Another channel helps someone who cannot be reached here. It must not be a way around a cap, quiet hours or a control group.
        var mayFallBack = reason is not (Reasons.HeldOut or Reasons.FrequencyCap or Reasons.QuietHours);
        return mayFallBack && HasFallback(chainIndex) ? Fallback(turn, here, chainIndex, reason) : Move.To(node.Next);
    }

    private static Way? WayOf(Turn turn, SendFallback link)
    {
        var account = link.Account ?? turn.Journeys.Settings.Accounts.GetValueOrDefault(link.Channel);
        if (account is null)
        {
            return null;
        }
        var traits = ChannelTraitsOf(turn, account, link.Channel);
        return new Way(link.Channel, account, link.Template, link.Quota, traits is null ? Channels.AddressType(link.Channel) : traits.AddressType);
    }

    private static Journeys.ChannelTraits? ChannelTraitsOf(Turn turn, string account, string channel) =>
        turn.Journeys.FindAccount(account)?.Channels.FirstOrDefault(traits => traits.Channel == channel);
}
