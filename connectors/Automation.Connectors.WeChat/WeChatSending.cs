namespace Automation.Connectors.WeChat;

/// <summary>
/// Sends messages one by one, several people at a time, and the messages of one person one after the other: the vendor refuses two at
/// once to the same one (43108).
/// </summary>
internal static class WeChatSending
{
    /// <summary>Messages of one call. The vendor takes them one by one, so a large call would only hide from the engine when each of them goes, which it must know to keep the rate.</summary>
    public const int CallSizeMax = 10;

    /// <param name="check">Says why a message cannot be sent, or null.</param>
    /// <param name="send">Sends one that can.</param>
    public static async ValueTask<IReadOnlyList<SendResult>> EachAsync(
        IReadOnlyList<OutgoingMessage> batch, int concurrency, Func<OutgoingMessage, SendResult?> check, Func<OutgoingMessage, ValueTask<SendResult>> send)
    {
        var results = new SendResult[batch.Count];
        var people = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < results.Length; i++)
        {
            if (check(batch[i]) is { } refusal)
            {
                results[i] = refusal;
                continue;
            }

            if (!people.TryGetValue(batch[i].To.Value, out var messages))
            {
                people[batch[i].To.Value] = messages = [];
            }

            messages.Add(i);
        }

        await Parallel.ForEachAsync(people.Values, new ParallelOptions { MaxDegreeOfParallelism = concurrency }, async (messages, _) =>
        {
            foreach (var i in messages)
            {
                results[i] = await send(batch[i]);
            }
        });
        return results;
    }
}
