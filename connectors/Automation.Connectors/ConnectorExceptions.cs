namespace Automation.Connectors;

/// <summary>
/// Certainly nothing of a batch left the process: the name did not resolve, the connection was refused, the token request
/// failed. Throw it only when that is certain. Every other exception means "perhaps sent", and the engine will not repeat it
/// by itself.
/// </summary>
/// <example>
/// <code>throw new ConnectorNotSentException(FailureReason.FixConfiguration, "Expected a valid app secret, but the vendor refused it.");</code>
/// </example>
public sealed class ConnectorNotSentException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="reason">Why; any reason but <see cref="FailureReason.UnknownOutcome"/>.</param>
    /// <param name="text">One sentence, "Expected …, but …", without personal data and credentials.</param>
    /// <param name="retryAfter">How long to wait before the next attempt; null leaves it to the engine.</param>
    /// <param name="inner">The cause, if there is one.</param>
    /// <exception cref="ArgumentException">The reason is <see cref="FailureReason.UnknownOutcome"/>.</exception>
    public ConnectorNotSentException(
        FailureReason reason, string text, TimeSpan? retryAfter = null, Exception? inner = null)
        : base(text, inner)
    {
        if (reason == FailureReason.UnknownOutcome)
        {
            throw new ArgumentException(
                "Expected a reason for a certain failure, but got unknown_outcome.", nameof(reason));
        }

        Reason = reason;
        RetryAfter = retryAfter;
    }

    /// <summary>Why nothing was sent. Never <see cref="FailureReason.UnknownOutcome"/>.</summary>
    public FailureReason Reason { get; }

    /// <summary>How long to wait before the next attempt, or null.</summary>
    public TimeSpan? RetryAfter { get; }
}

/// <summary>An account's configuration or secrets do not fit the connector. Shown to the person who edits the account.</summary>
public sealed class ConnectorConfigurationException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="path">Where: a JSON pointer into the configuration, as <c>/url</c>, or <c>/secrets/signing_secret</c>.</param>
    /// <param name="text">One sentence, "Expected …, but …". Never the value of a secret.</param>
    /// <param name="inner">The cause, if there is one.</param>
    public ConnectorConfigurationException(string path, string text, Exception? inner = null)
        : base(text, inner) => Path = path;

    /// <summary>Where the mistake is, as a JSON pointer.</summary>
    public string Path { get; }
}
