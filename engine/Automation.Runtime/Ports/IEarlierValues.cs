namespace Automation.Runtime.Ports;

/// <summary>
/// Hides what stands in clear from a time before it was personal: in contacts' states and in messages, which no seal covers. A bit at a
/// time, beside everything else; what somebody writes meanwhile is left to them.
/// </summary>
public interface IEarlierValues
{
    /// <summary>What is personal now, as a text: where it changes, all has to be looked through again.</summary>
    string Fields { get; }

    /// <summary>Goes through the next some hundred contacts; after the last of them, through messages.</summary>
    ValueTask<EarlierPlace> HideAsync(EarlierPlace place, CancellationToken cancellation);
}

/// <summary>How far it has come.</summary>
/// <param name="Contact">The last contact that was looked at.</param>
/// <param name="Message">The last message, by its number; 0 until all contacts were.</param>
/// <param name="Contacts">How many contacts' states were hidden up to here.</param>
/// <param name="Messages">How many messages.</param>
public sealed record EarlierPlace(long Contact, long Message, long Contacts, long Messages, bool IsThroughContacts, bool IsDone)
{
    public static readonly EarlierPlace Start = new(0, 0, 0, 0, false, false);
}
