namespace Automation.Server.Hosting;

/// <summary>How a line of the log looks.</summary>
public enum LogFormat
{
    /// <summary>For people at a terminal.</summary>
    Text,

    /// <summary>An object a line, for a collector: each value by its name, and the trace it belongs to.</summary>
    Json,
}

internal static class LogLines
{
    public static void Write(ILoggingBuilder logging, LogFormat format)
    {
        logging.Configure(factory => factory.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        if (format == LogFormat.Text)
        {
            logging.AddSimpleConsole(static console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
            });
            return;
        }
        logging.AddJsonConsole(static console =>
        {
            // Scopes carry the trace.
            console.IncludeScopes = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        });
    }
}
