namespace Automation.Core.Journeys.Documents;

/// <summary>A limit on everything a document may hold. Generous for people, tight enough that no document can hurt the engine.</summary>
public static class DocumentLimits
{
    public const int BytesMax = 1_048_576;
    public const int StepsMax = 500;
    public const int BranchesMax = 50;
    public const int VariantsMax = 20;
    public const int FallbacksMax = 5;
    public const int ExitsMax = 50;
    public const int NotesMax = 200;
    public const int RulesMax = 200;
    public const int RuleDepthMax = 10;
    public const int ListMax = 1_000;
    public const int CapsMax = 50;
    public const int PropertiesMax = 256;
    public const int ValueDepthMax = 16;

    /// <summary>Characters of a key or id.</summary>
    public const int KeyLengthMax = 64;

    /// <summary>Characters of a name: of an event, a tag, a channel, a branch.</summary>
    public const int NameLengthMax = 200;

    /// <summary>Characters of any other text, templates included.</summary>
    public const int TextLengthMax = 100_000;

    /// <summary>Longest duration, in days: a little over ten years.</summary>
    public const int DurationDaysMax = 3_660;
}
