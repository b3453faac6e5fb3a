namespace Automation.Connectors.Testing;

/// <summary>What goes wrong with one request that sends.</summary>
public enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The vendor takes it and never answers.</summary>
    SilentAfterTaking,

    /// <summary>The vendor takes it, and the connection is reset before the answer.</summary>
    ResetAfterTaking,

    /// <summary>The vendor takes it, and the answer ends in its middle.</summary>
    CutShort,

    /// <summary>The vendor takes it, and the answer comes a byte a second.</summary>
    Dripping,

    /// <summary>The vendor takes it, and the answer is a page in GB 18030 instead of its own form in UTF-8.</summary>
    WrongCharacters,

    /// <summary>The vendor takes nothing and asks to wait 7 seconds.</summary>
    BusyForSevenSeconds,

    /// <summary>The vendor takes nothing and says that it is too much.</summary>
    Busy,

    /// <summary>The vendor takes nothing and answers with an inner error.</summary>
    InnerError,
}
