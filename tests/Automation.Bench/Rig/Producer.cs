using Automation.Core.Contacts;
using Automation.Runtime.Loop;

namespace Automation.Bench.Rig;

/// <summary>Feeds envelopes with a few of them under way, as several HTTP clients would.</summary>
internal static class Producer
{
    private const int UnderWay = 8;

    /// <param name="envelopes">Ready before the clock starts.</param>
    /// <param name="before">Called before each envelope, e.g. to move a virtual clock.</param>
    /// <param name="room">Awaited before each envelope; it completes when there is room for it.</param>
    public static async Task FeedAsync(
        IEngine engine, IEnumerable<IReadOnlyList<ContactEvent>> envelopes, Action<IReadOnlyList<ContactEvent>>? before = null,
        Func<IReadOnlyList<ContactEvent>, Task>? room = null)
    {
        var underWay = new Queue<Task<Acknowledgement>>();
        foreach (var envelope in envelopes)
        {
            if (room is not null)
            {
                await room(envelope);
            }
            before?.Invoke(envelope);
            if (underWay.Count >= UnderWay)
            {
                await underWay.Dequeue();
            }
            underWay.Enqueue(engine.SubmitAsync(envelope).AsTask());
        }
        while (underWay.TryDequeue(out var last))
        {
            await last;
        }
    }
}
