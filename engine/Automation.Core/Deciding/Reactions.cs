using Automation.Core.Contacts;
using Automation.Core.Triggers;

namespace Automation.Core.Deciding;

/// <summary>What follows from a changed contact, whoever changed it: tag triggers and segment triggers.</summary>
internal static class Reactions
{
    /// <summary>How often one change may follow from another; journeys that tag each other for ever stop here, and go on with the next stimulus.</summary>
    private const int RoundsMax = 8;

    public static void Settle(Turn turn, Contact before)
    {
        for (var round = 0; round < RoundsMax; round++)
        {
            var tags = before.Tags;
            before = turn.Contact;
            if (!turn.Journeys.Tags.IsEmpty && !tags.SequenceEqual(before.Tags, StringComparer.Ordinal))
            {
                TagTrigger.Fire(turn, tags, before.Tags);
            }
            SegmentWatch.Settle(turn);
            if (ReferenceEquals(before, turn.Contact))
            {
                return;
            }
        }
    }
}
