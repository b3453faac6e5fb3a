using Automation.Connectors;

namespace Automation.Runtime.Dispatch;

/// <summary>
/// A call of a connector, on a thread of its own, so that not even a connector that blocks keeps a worker. One that does not return when
/// it is told to is left behind.
/// </summary>
internal static class LaneCall
{
    /// <exception cref="ConnectorHangsException">It was told to return, and did not.</exception>
    public static async Task<IReadOnlyList<SendResult>> ReturningAsync(
        IConnector connector, IReadOnlyList<OutgoingMessage> batch, TimeSpan grace, CancellationToken ending)
    {
        var call = Task.Run(async () => await connector.SendAsync(batch, ending), CancellationToken.None);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (ending.Register(() => told.TrySetResult()))
        {
            await Task.WhenAny(call, told.Task);
        }
        if (!call.IsCompleted && await Task.WhenAny(call, Task.Delay(grace, CancellationToken.None)) != call)
        {
            _ = call.ContinueWith(static late => late.Exception, TaskScheduler.Default);
            throw new ConnectorHangsException("Expected the connector to return when its call was cancelled, but it hangs.");
        }
        return await call;
    }
}

internal sealed class ConnectorHangsException(string text) : Exception(text);
