namespace Automation.Runtime.Definitions;

/// <summary>The kinds of definitions, as stores and ledger name them.</summary>
public static class DefinitionKinds
{
    public const string Journey = "journey";
    public const string Template = "template";
    public const string Segment = "segment";
    public const string Settings = "settings";
    public const string Account = "account";

    /// <summary>There is one set of settings; this is its key.</summary>
    public const string SettingsKey = "workspace";
}
