namespace Automation.Runtime.Ports;

/// <summary>
/// Takes messages on after their commit. It returns at once and never throws: what it cannot take is still <c>queued</c> in the
/// store, where it is found again.
/// </summary>
public interface IOutboxRelay
{
    /// <param name="messages">New messages, with their content.</param>
    /// <param name="again">Messages of earlier commits that go out again.</param>
    void HandOn(IReadOnlyList<OutboxMessage> messages, IReadOnlyList<Guid> again);
}
