namespace Automation.Server.Ingest;

/// <summary>
/// Says in the log that calls come with no key or a wrong one. SDKs send in the background and keep the answer to themselves, so
/// whoever set one up looks here. One line in ten seconds at most, however many come.
/// </summary>
internal sealed partial class KeyRefusals(TimeProvider time, ILogger<KeyRefusals> log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private long _untold;
    private long _nextAt = long.MinValue;

    public void Note(bool presented, string? from)
    {
        var untold = Interlocked.Increment(ref _untold);
        var now = time.GetTimestamp();
        var next = Volatile.Read(ref _nextAt);
        if (now < next || Interlocked.CompareExchange(ref _nextAt, now + (long)(Pause.TotalSeconds * time.TimestampFrequency), next) != next)
        {
            return;
        }
        Interlocked.Add(ref _untold, -untold);
        Refused(log, untold, from ?? "nowhere", presented ? "a key that is not known here" : "no key");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} tracking calls were refused, the last from {From} with {What}: expected a write key as the user name, or as writeKey in the body")]
    private static partial void Refused(ILogger log, long count, string from, string what);
}
