using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Automation.Connectors.Sandbox.Mailbox;

/// <summary>
/// A mailbox that survives restarts: every arrival is a line of JSON in a file, and opening the file is repeating the lines.
/// A line handed to the operating system survives the death of the process, which is what the sandbox promises; it does not
/// wait for the disk. The file holds addresses in clear, so only its owner may read it.
/// </summary>
public sealed class FileMailbox : ISandboxMailbox, IDisposable
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _lock = new();
    private readonly MemoryMailbox _memory;
    private readonly FileStream _file;
    private readonly long _bytesMax;

    /// <summary>Opens a mailbox, or makes one. A last line that was cut off by a crash is dropped.</summary>
    /// <param name="path">The file; its directory is created.</param>
    /// <param name="mailsMax">How many messages it shows, as in <see cref="MemoryMailbox"/>.</param>
    /// <param name="idsMax">How many ids it remembers, as in <see cref="MemoryMailbox"/>.</param>
    /// <param name="bytesMax">The size at which the file begins anew, with nothing but what comes then. Default: 256 MiB.</param>
    /// <exception cref="IOException">The file cannot be opened, or another process has it open.</exception>
    public FileMailbox(string path, int mailsMax = 10_000, int idsMax = 200_000, long bytesMax = 256L * 1024 * 1024)
    {
        _memory = new MemoryMailbox(mailsMax, idsMax);
        _bytesMax = bytesMax;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _file = new FileStream(path, OpenOptions());
        try
        {
            Replay();
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<SandboxMail> mails)
    {
        var lines = new ArrayBufferWriter<byte>(mails.Length * 256 + 1);
        foreach (var mail in mails)
        {
            WriteLine(lines, mail);
        }

        lock (_lock)
        {
            if (_file.Length + lines.WrittenCount > _bytesMax)
            {
                _file.SetLength(0);
            }

            var before = _file.Seek(0, SeekOrigin.End);
            try
            {
                _file.Write(lines.WrittenSpan);
            }
            catch (IOException)
            {
                // A full disk may have taken half of it; what is left must not be taken for a message later.
                _file.SetLength(before);
                throw;
            }

            _memory.Append(mails);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<SandboxMail> List(MailboxFilter filter) => _memory.List(filter);

    /// <inheritdoc/>
    public int Arrivals(Guid messageId) => _memory.Arrivals(messageId);

    /// <inheritdoc/>
    public MailboxTotals Totals() => _memory.Totals();

    /// <inheritdoc/>
    public void Clear()
    {
        lock (_lock)
        {
            _file.SetLength(0);
            _memory.Clear();
        }
    }

    /// <inheritdoc/>
    /// <remarks>Their lines are written over with blanks where they stand, from the front: what a crash leaves half blank is skipped as well.</remarks>
    public void Forget(IReadOnlyCollection<string> contacts)
    {
        lock (_lock)
        {
            _memory.Forget(contacts);
            _file.Seek(0, SeekOrigin.Begin);
            using var reader = new StreamReader(_file, leaveOpen: true);
            var (place, gone) = (0L, new List<(long Place, int Length)>());
            while (reader.ReadLine() is { } line)
            {
                var length = System.Text.Encoding.UTF8.GetByteCount(line);
                if (TryRead(line, out var mail) && contacts.Contains(mail.ContactId))
                {
                    gone.Add((place, length));
                }

                place += length + 1;
            }

            foreach (var (start, length) in gone)
            {
                _file.Seek(start, SeekOrigin.Begin);
                _file.Write(Enumerable.Repeat((byte)' ', length).ToArray());
            }

            _file.Flush(flushToDisk: true);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private static FileStreamOptions OpenOptions()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read,
            BufferSize = 0, // A failed write must not leave bytes behind that a later one would carry out.
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private void Replay()
    {
        using var reader = new StreamReader(_file, leaveOpen: true);
        var whole = 0L;
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith(' '))
            {
                // Of somebody who was forgotten.
                whole += System.Text.Encoding.UTF8.GetByteCount(line) + 1;
                continue;
            }

            if (TryRead(line, out var mail))
            {
                _memory.Append([mail]);
                whole += System.Text.Encoding.UTF8.GetByteCount(line) + 1;
                continue;
            }

            if (reader.ReadLine() is not null)
            {
                throw new IOException(
                    $"Expected a mailbox, but a line of '{_file.Name}' is not a message; remove the file to begin anew.");
            }
        }

        if (whole > _file.Length)
        {
            // Only the last line's end is missing: the message is whole.
            _file.Seek(0, SeekOrigin.End);
            _file.Write("\n"u8);
        }

        _file.SetLength(whole);
    }

    private static void WriteLine(ArrayBufferWriter<byte> lines, SandboxMail mail)
    {
        using (var json = new Utf8JsonWriter(lines, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("id", mail.MessageId);
            json.WriteString("account", mail.Account);
            json.WriteString("channel", mail.Channel);
            json.WriteString("to_type", mail.To.Type);
            json.WriteString("to", mail.To.Value);
            json.WriteString("contact", mail.ContactId);
            json.WriteString("journey", mail.Origin.Journey);
            json.WriteString("step", mail.Origin.Step);
            json.WriteNumber("attempt", mail.Attempt);
            json.WriteString("at", mail.ReceivedAt.ToString("O", CultureInfo.InvariantCulture));
            json.WritePropertyName("content");
            mail.Content.WriteTo(json);
            json.WriteEndObject();
        }

        lines.Write("\n"u8);
    }

    private static bool TryRead(string line, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SandboxMail? mail)
    {
        try
        {
            var json = JsonElement.Parse(line);
            mail = new SandboxMail
            {
                MessageId = json.GetProperty("id").GetGuid(),
                Account = json.GetProperty("account").GetString()!,
                Channel = json.GetProperty("channel").GetString()!,
                To = new Address(json.GetProperty("to_type").GetString()!, json.GetProperty("to").GetString()!),
                ContactId = json.GetProperty("contact").GetString()!,
                Origin = new MessageOrigin(
                    json.GetProperty("journey").GetString()!, json.GetProperty("step").GetString()!),
                Attempt = json.GetProperty("attempt").GetInt32(),
                ReceivedAt = json.GetProperty("at").GetDateTimeOffset(),
                Content = json.GetProperty("content"),
            };
            return true;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            mail = null;
            return false;
        }
    }
}
