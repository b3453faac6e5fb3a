using System.Runtime.InteropServices;

namespace Automation.Connectors.Sandbox.Mailbox;

/// <summary>
/// A mailbox in memory, bounded twice: it shows the newest messages, and it remembers many more ids than it shows, because a
/// repeat after a crash may come long after the first.
/// </summary>
public sealed class MemoryMailbox : ISandboxMailbox
{
    private readonly Lock _lock = new();
    private readonly SandboxMail?[] _mails;
    private readonly Guid[] _ids;
    private readonly Dictionary<Guid, int> _arrivals = [];
    private long _appended;
    private long _repeats;

    /// <summary>Makes an empty mailbox.</summary>
    /// <param name="mailsMax">How many messages it shows, at least 1. Default: 10,000.</param>
    /// <param name="idsMax">How many ids it remembers (about 50 bytes each), at least <paramref name="mailsMax"/>. Default: 200,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is out of its range.</exception>
    public MemoryMailbox(int mailsMax = 10_000, int idsMax = 200_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mailsMax, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(idsMax, mailsMax);
        _mails = new SandboxMail?[mailsMax];
        _ids = new Guid[idsMax];
    }

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<SandboxMail> mails)
    {
        lock (_lock)
        {
            foreach (var mail in mails)
            {
                AppendOne(mail);
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<SandboxMail> List(MailboxFilter filter)
    {
        var limit = Math.Clamp(filter.Limit, 1, 1_000);
        var found = new List<SandboxMail>();
        lock (_lock)
        {
            var oldest = Math.Max(1, _appended - _mails.Length + 1);
            var newest = filter.Before is { } before ? Math.Min(_appended, before - 1) : _appended;
            for (var sequence = newest; sequence >= oldest && found.Count < limit; sequence--)
            {
                if (_mails[sequence % _mails.Length] is { } mail && filter.Matches(mail))
                {
                    found.Add(mail with { Arrivals = _arrivals[mail.MessageId] });
                }
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public int Arrivals(Guid messageId)
    {
        lock (_lock)
        {
            return _arrivals.GetValueOrDefault(messageId);
        }
    }

    /// <inheritdoc/>
    public MailboxTotals Totals()
    {
        lock (_lock)
        {
            return new MailboxTotals(_appended, _repeats);
        }
    }

    /// <inheritdoc/>
    public void Clear()
    {
        lock (_lock)
        {
            Array.Clear(_mails);
            _arrivals.Clear();
            _appended = 0;
            _repeats = 0;
        }
    }

    /// <inheritdoc/>
    public void Forget(IReadOnlyCollection<string> contacts)
    {
        lock (_lock)
        {
            for (var i = 0; i < _mails.Length; i++)
            {
                if (_mails[i] is { } mail && contacts.Contains(mail.ContactId))
                {
                    _mails[i] = null;
                }
            }
        }
    }

    private void AppendOne(SandboxMail mail)
    {
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(
            _arrivals, mail.MessageId, out var known);
        count++;
        if (known)
        {
            _repeats++;
            return;
        }

        _appended++;
        _mails[_appended % _mails.Length] = mail with { Sequence = _appended };

        // The slot of the oldest id is taken over. Its id goes only now, after the reference into the table is done with.
        var slot = _appended % _ids.Length;
        if (_appended > _ids.Length)
        {
            _arrivals.Remove(_ids[slot]);
        }

        _ids[slot] = mail.MessageId;
    }
}
