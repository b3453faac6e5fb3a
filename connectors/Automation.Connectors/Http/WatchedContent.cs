using System.Net;

namespace Automation.Connectors.Http;

/// <summary>
/// A body that remembers whether it was begun to be written. Until then a receiver cannot have the message, whatever
/// exception follows; from then on it may have.
/// </summary>
public sealed class WatchedContent : HttpContent
{
    private readonly byte[] _body;
    private int _begun;

    /// <summary>Makes it.</summary>
    /// <param name="body">The whole body. It is not copied.</param>
    /// <param name="contentType">The exact value of <c>Content-Type</c>, as it may have been signed; null for none.</param>
    public WatchedContent(byte[] body, string? contentType)
    {
        _body = body;
        if (contentType is not null)
        {
            Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        Headers.ContentLength = body.Length;
    }

    /// <summary>Whether bytes of the body may have left.</summary>
    public bool Begun => Volatile.Read(ref _begun) != 0;

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // A client that repeats requests by itself would send a message twice behind the engine's back.
        if (Interlocked.Exchange(ref _begun, 1) != 0)
        {
            throw new InvalidOperationException("Expected the body to be written once, but it was asked for again.");
        }

        return stream.WriteAsync(_body, cancellationToken).AsTask();
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
