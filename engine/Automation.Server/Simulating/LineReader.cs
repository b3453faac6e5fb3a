namespace Automation.Server.Simulating;

/// <summary>The lines of a stream as bytes, without making text of them. The memory of a line is good until the next one is asked for.</summary>
internal sealed class LineReader(Stream stream) : IDisposable
{
    private byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _isOver;

    /// <summary>Of the last line, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The next line without its end, or null after the last.</summary>
    public Memory<byte>? Next()
    {
        var searched = 0;
        while (true)
        {
            var newLine = Array.IndexOf(_buffer, (byte)'\n', _start + searched, _end - _start - searched);
            if (newLine >= 0)
            {
                return Take(newLine - _start, 1);
            }
            searched = _end - _start;
            if (_isOver)
            {
                // Spelled out, because a bare null would become an empty line: an array converts to memory, and null to an array.
                return searched == 0 ? default(Memory<byte>?) : Take(searched, 0);
            }
            Fill();
        }
    }

    public void Dispose() => stream.Dispose();

    private Memory<byte> Take(int length, int ending)
    {
        var line = _buffer.AsMemory(_start, length);
        _start += length + ending;
        Number++;
        if (Number == 1 && line.Span.StartsWith("\uFEFF"u8))
        {
            line = line[3..];
        }
        return line.Length > 0 && line.Span[^1] == '\r' ? line[..^1] : line;
    }

    private void Fill()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _isOver = read == 0;
        _end += read;
    }
}
