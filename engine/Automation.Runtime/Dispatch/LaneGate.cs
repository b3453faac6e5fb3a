using NodaTime;

namespace Automation.Runtime.Dispatch;

/// <summary>Why and since when the messages of an account on a channel wait.</summary>
/// <param name="Text">What the connector said, "Expected …, but …".</param>
/// <param name="Waiting">How many messages wait in memory; more may wait in the store.</param>
/// <param name="IsDown">The vendor takes nothing for now and is asked again soon; else the configuration is wrong and waits for a person.</param>
public sealed record LaneHold(string Account, string Channel, Instant Since, string Text, int Waiting = 0, bool IsDown = false);

/// <summary>
/// The door between a lane's queue and its vendor. It closes when the vendor refused for the account's configuration, since every
/// other message would be refused too. When there is reason to hope, one message may try, and the door opens for all if it gets through.
/// </summary>
internal sealed class LaneGate(string account, string channel)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LaneHold? _hold;
    private bool _mayTry;
    private bool _isTrying;

    public LaneHold? Hold => Volatile.Read(ref _hold);

    /// <summary>Counts how often it was closed while it was open.</summary>
    public int Closings { get; private set; }

    /// <summary>Waits while the door is closed.</summary>
    /// <returns>True where whole calls may be made; false for the one that tries, with one message.</returns>
    public async ValueTask<bool> EnterAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_hold is null)
                {
                    return true;
                }
                if (_mayTry && !_isTrying)
                {
                    (_mayTry, _isTrying) = (false, true);
                    return false;
                }
                changed = _changed.Task;
            }
            await changed.WaitAsync(cancellation);
        }
    }

    /// <returns>Whether it was open: somebody is to be told.</returns>
    public bool Close(Instant now, string text, bool isDown = false)
    {
        lock (_gate)
        {
            var wasOpen = _hold is null;
            Closings += wasOpen ? 1 : 0;
            _isTrying = false;
            Volatile.Write(ref _hold, new LaneHold(account, channel, _hold?.Since ?? now, text, IsDown: isDown));
            return wasOpen;
        }
    }

    /// <summary>A call got through.</summary>
    /// <returns>Whether it was closed.</returns>
    public bool Open()
    {
        lock (_gate)
        {
            if (_hold is null)
            {
                return false;
            }
            (_mayTry, _isTrying) = (false, false);
            Volatile.Write(ref _hold, null);
            Wake();
            return true;
        }
    }

    /// <summary>The account was saved, or its connector says that it is well: one message may try.</summary>
    public void LetOneTry()
    {
        lock (_gate)
        {
            if (_hold is not null)
            {
                _mayTry = true;
                Wake();
            }
        }
    }

    /// <summary>The one that tried had nothing to send, or came back without a word about the configuration.</summary>
    public void TrialEnded()
    {
        lock (_gate)
        {
            _isTrying = false;
            Wake();
        }
    }

    private void Wake()
    {
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
