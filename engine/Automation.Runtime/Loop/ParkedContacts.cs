using NodaTime;

namespace Automation.Runtime.Loop;

/// <summary>
/// Contacts whose deadline our own code could not decide. Their next deadline is put off, so that one broken invariant costs a
/// try an hour and not a processor. Events still reach them.
/// </summary>
internal sealed class ParkedContacts(Duration parkedFor)
{
    private readonly Dictionary<long, Instant> _until = [];

    public void Park(long contact, Instant now)
    {
        lock (_until)
        {
            _until[contact] = now + parkedFor;
        }
    }

    /// <summary>The deadline that is stored: not before the end of the parking.</summary>
    public Instant? Postpone(long contact, Instant? due, Instant now)
    {
        if (due is null || _until.Count == 0)
        {
            return due;
        }
        lock (_until)
        {
            if (!_until.TryGetValue(contact, out var until))
            {
                return due;
            }
            if (until <= now)
            {
                _until.Remove(contact);
                return due;
            }
            return due < until ? until : due;
        }
    }
}
