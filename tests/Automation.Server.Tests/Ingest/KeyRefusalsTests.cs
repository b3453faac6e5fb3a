using Automation.Server.Ingest;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Automation.Server.Tests.Ingest;

public sealed class KeyRefusalsTests
{
    [Fact]
    public void A_flood_of_wrong_keys_is_one_line_in_ten_seconds_that_counts_them()
    {
        var time = new HandTime();
        var log = new LineLog();
        var refusals = new KeyRefusals(time, log);

        refusals.Note(presented: true, "192.0.2.1");
        refusals.Note(presented: true, "192.0.2.1");
        refusals.Note(presented: false, "192.0.2.2");
        time.Seconds = 9;
        refusals.Note(presented: true, "192.0.2.1");
        time.Seconds = 10;
        refusals.Note(presented: false, null);

        Assert.Equal(2, log.Lines.Count);
        Assert.StartsWith("1 tracking calls were refused, the last from 192.0.2.1 with a key that is not known here", log.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("4 tracking calls were refused, the last from nowhere with no key", log.Lines[1], StringComparison.Ordinal);
    }

    private sealed class HandTime : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1_000;

        public override long GetTimestamp() => Seconds * TimestampFrequency;
    }

    private sealed class LineLog : ILogger<KeyRefusals>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
