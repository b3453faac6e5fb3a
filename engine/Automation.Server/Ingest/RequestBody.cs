using System.Buffers;
using System.IO.Compression;

namespace Automation.Server.Ingest;

/// <summary>A request's body in one piece, inflated where it was packed, and never more than its limit, so that a small bomb stays small.</summary>
internal sealed class RequestBody : IDisposable
{
    private byte[] _buffer = [];
    private int _length;

    private RequestBody()
    {
    }

    /// <summary>Why there is no body.</summary>
    public IngestProblem? Problem { get; private set; }

    public Memory<byte> Bytes => _buffer.AsMemory(0, _length);

    public static async ValueTask<RequestBody> ReadAsync(HttpRequest request, int bytesMax, string tooLarge)
    {
        var body = new RequestBody();
        if (request.ContentLength > bytesMax)
        {
            body.Refuse(tooLarge, $"Expected at most {bytesMax} bytes, but {request.ContentLength} were announced.");
            return body;
        }
        var encoding = request.Headers.ContentEncoding.ToString();
        var stream = encoding switch
        {
            "" or "identity" => request.Body,
            "gzip" or "x-gzip" => new GZipStream(request.Body, CompressionMode.Decompress),
            "deflate" => new ZLibStream(request.Body, CompressionMode.Decompress),
            "br" => new BrotliStream(request.Body, CompressionMode.Decompress),
            _ => null,
        };
        if (stream is null)
        {
            body.Refuse(IngestCodes.UnsupportedEncoding, "Expected the content encoding gzip, deflate or br, but found another.");
            return body;
        }
        try
        {
            await body.FillAsync(stream, (int)(request.ContentLength ?? 0), bytesMax, tooLarge, request.HttpContext.RequestAborted);
        }
        catch (InvalidDataException)
        {
            body.Refuse(IngestCodes.MalformedEncoding, $"Expected a body packed with {encoding}, but it cannot be unpacked.");
        }
        return body;
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }

    private async ValueTask FillAsync(Stream stream, int likely, int bytesMax, string tooLarge, CancellationToken cancellation)
    {
        // One byte more than announced, so that the end is seen without growing.
        _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(likely + 1, 4096));
        while (true)
        {
            if (_length == _buffer.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
                Bytes.CopyTo(larger);
                ArrayPool<byte>.Shared.Return(_buffer);
                _buffer = larger;
            }
            var read = await stream.ReadAsync(_buffer.AsMemory(_length), cancellation);
            if (read == 0)
            {
                return;
            }
            _length += read;
            if (_length > bytesMax)
            {
                Refuse(tooLarge, $"Expected at most {bytesMax} bytes, but found more.");
                return;
            }
        }
    }

    private void Refuse(string code, string message) => Problem = new IngestProblem(code, "", message);
}
