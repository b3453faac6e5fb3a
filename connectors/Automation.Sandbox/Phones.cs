namespace Automation.Sandbox;

/// <summary>A message as a person's phone shows it.</summary>
/// <param name="Number">Counts from 1, in the order of arrival.</param>
/// <param name="Vendor">Which stand-in brought it, as <c>aliyun</c>.</param>
/// <param name="Kind">What it is there, as <c>sms</c> or <c>customer</c>.</param>
/// <param name="To">Whose phone: number, open id, external user id, member or group.</param>
/// <param name="From">What stands above it: a signature, a member, a template.</param>
/// <param name="At">When.</param>
public sealed record PhoneMessage(long Number, string Vendor, string Kind, string To, string From, string Text, DateTimeOffset At);

/// <summary>What arrived on phones, the newest ten thousand.</summary>
public sealed class Phones
{
    private const int KeptMax = 10_000;

    private readonly Lock _lock = new();
    private readonly Queue<PhoneMessage> _messages = new();
    private long _count;

    /// <summary>How many arrived so far.</summary>
    public long Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    /// <summary>The newest first.</summary>
    /// <param name="to">Of this phone only; null for all.</param>
    /// <param name="limit">How many at most.</param>
    public IReadOnlyList<PhoneMessage> List(string? to = null, int limit = 200)
    {
        lock (_lock)
        {
            return [.. _messages.Reverse().Where(message => to is null || message.To == to).Take(limit)];
        }
    }

    internal void Show(string vendor, string kind, string to, string from, string text, DateTimeOffset at)
    {
        lock (_lock)
        {
            _messages.Enqueue(new PhoneMessage(++_count, vendor, kind, to, from, text, at));
            if (_messages.Count > KeptMax)
            {
                _messages.Dequeue();
            }
        }
    }
}
