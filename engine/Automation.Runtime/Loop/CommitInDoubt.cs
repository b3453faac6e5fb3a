using Automation.Runtime.Ports;
using Microsoft.Extensions.Logging;

namespace Automation.Runtime.Loop;

/// <summary>
/// Finds out what became of a commit that reported an error: an error after the flush, such as a lost connection, looks like one
/// before it. The id of the last commit tells them apart, or the sequence where a store has one writer and keeps no id.
/// </summary>
internal sealed partial class CommitInDoubt(EngineOptions options, IEngineStore store, ILogger log)
{
    public async ValueTask<bool> WasWrittenAsync(Batch batch)
    {
        for (var attempt = 1; attempt <= options.AttemptsMax; attempt++)
        {
            try
            {
                var head = await store.HeadAsync(options.Partition, CancellationToken.None);
                return head.LastCommit is { } last
                    ? last == batch.Id
                    : batch.NextSequence > batch.FirstSequence && head.NextSequence >= batch.NextSequence;
            }
            catch (PartitionLostException)
            {
                return false;
            }
#pragma warning disable CA1031 // The store may still be ailing; that is why it is asked again.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogHeadFailed(error, attempt);
                await Task.Delay(options.RetryDelay(attempt));
            }
        }
        return false;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Asking the store for its head failed, attempt {Attempt}")]
    private partial void LogHeadFailed(Exception error, int attempt);
}
