using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Journeys;
using Automation.Core.Rules;
using Automation.Core.Steps;

namespace Automation.Core.Triggers;

/// <summary>An inbound message (<c>message_received</c> with <c>text</c> and <c>channel</c>) that says one of the words.</summary>
internal static class KeywordTrigger
{
    public static void Fire(Turn turn, PublishedJourney journey, ContactEvent happened, bool tooLate)
    {
        var trigger = (Trigger.OnKeyword)journey.Document.Trigger;
        var text = (happened.Properties.Find("text") as string)?.Trim() ?? "";
        var channel = happened.Properties.Find("channel") as string;
        var looked = new List<EvaluatedValue>();
        if (trigger.Channel is not null)
        {
            looked.Add(new EvaluatedValue("event.channel", "=", trigger.Channel, channel, trigger.Channel == channel));
        }
        var said = trigger.Keywords.FirstOrDefault(word => Says(text, word.Trim(), trigger.Match));
        // What people write is theirs: the fact tells which word was found, not what else they said.
        looked.Add(new EvaluatedValue("event.text", trigger.Match.ToString(), string.Join('|', trigger.Keywords), said, said is not null));
        if (looked.TrueForAll(value => value.Matched))
        {
            Walk.Start(turn, Entry.Admit(turn, journey, looked, happened.MessageId, tooLate: tooLate));
        }
        else
        {
            Entry.Refuse(turn, journey, Reasons.TriggerNotMatched, looked);
        }
    }

    private static bool Says(string text, string word, KeywordMatch match) => match switch
    {
        KeywordMatch.Equals => string.Equals(text, word, StringComparison.OrdinalIgnoreCase),
        KeywordMatch.Contains => text.Contains(word, StringComparison.OrdinalIgnoreCase),
        KeywordMatch.StartsWith => text.StartsWith(word, StringComparison.OrdinalIgnoreCase),
        _ => throw new InvalidOperationException($"Expected a known way to match, but got {match}."),
    };
}
