using System.Collections.Immutable;

namespace Automation.Core.Journeys.Linting;

/// <summary>Every code that reading and checking documents can give, in one table. <c>docs/lint.md</c> is made from it.</summary>
public static class LintCodes
{
    // The document as text.
    public static readonly LintCode MalformedJson = Shape("malformed_json", "The file is not well-formed JSON, or not text in UTF-8.");
    public static readonly LintCode MalformedYaml = Shape("malformed_yaml", "The file is not well-formed YAML, or uses YAML beyond JSON's reach.");
    public static readonly LintCode TooLarge = Shape("too_large", "The document is larger than 1 MB, or grows beyond it when its YAML aliases are expanded.");
    public static readonly LintCode UnreadableFile = Shape("unreadable_file", "The file cannot be opened.");
    public static readonly LintCode IgnoredFile = Warning("ignored_file", "The file or folder stands where documents are looked for, but is none.");

    // Its shape.
    public static readonly LintCode WrongType = Shape("wrong_type", "A value is of another JSON type than the one promised, e.g. a number or null where text belongs.");
    public static readonly LintCode MissingProperty = Shape("missing_property", "A property that is needed is not there.");
    public static readonly LintCode UnknownKey = Error("unknown_key", "A property that nobody reads; often a slip of the pen.");
    public static readonly LintCode DuplicateProperty = Error("duplicate_property", "The same property stands twice in one object.");
    public static readonly LintCode ConflictingKeys = Error("conflicting_keys", "Two properties that exclude each other.");
    public static readonly LintCode UnknownTrigger = Shape("unknown_trigger", "The trigger's on is none of the known ones.");
    public static readonly LintCode UnknownStepType = Shape("unknown_step_type", "The step's type is none of the known ones.");
    public static readonly LintCode UnknownValue = Error("unknown_value", "A word that is not one of the few that may stand there.");
    public static readonly LintCode TooMany = Shape("too_many", "A list has more items than its limit.");
    public static readonly LintCode TooLong = Error("too_long", "A text has more characters than its limit.");
    public static readonly LintCode TooDeep = Shape("too_deep", "Rules or values are nested deeper than their limit.");

    // Its values.
    public static readonly LintCode BadKey = Error("bad_key", "A key or id is empty, or has characters other than letters, digits, _ and -.");
    public static readonly LintCode BadText = Error("bad_text", "A text is empty, or is not valid Unicode.");
    public static readonly LintCode BadNumber = Error("bad_number", "A number is outside its range.");
    public static readonly LintCode BadDuration = Error("bad_duration", "A duration is not of the form 15m, 24h, 30d or 1d12h, or outside its range.");
    public static readonly LintCode BadTime = Error("bad_time", "A time of day is not of the form HH:mm.");
    public static readonly LintCode BadZone = Error("bad_zone", "A time zone is not in the IANA database.");
    public static readonly LintCode BadCron = Error("bad_cron", "A calendar is not made of five cron fields, or never comes.");
    public static readonly LintCode UnsupportedRule = Error("unsupported_rule", "A rule uses a feature of the query builder that the engine does not have, so it would mean something else here.");

    public static ImmutableArray<LintCode> All { get; } =
        [.. typeof(LintCodes).GetFields().Where(field => field.FieldType == typeof(LintCode)).Select(field => (LintCode)field.GetValue(null)!)];

    private static LintCode Error(string code, string sentence) => new(code, Severity.Error, sentence);

    private static LintCode Shape(string code, string sentence) => new(code, Severity.Error, sentence) { BreaksShape = true };

    private static LintCode Warning(string code, string sentence) => new(code, Severity.Warning, sentence);
}
