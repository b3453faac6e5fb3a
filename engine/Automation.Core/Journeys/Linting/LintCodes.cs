using System.Collections.Immutable;
using Automation.Core.Primitives;

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

    // Rules, each by itself.
    public static readonly LintCode UnknownField = Error("unknown_field", "A rule, entry.per or wait.until.date looks at a field that does not exist, or at a step that the journey does not have.");
    public static readonly LintCode FieldOutOfScope = Error("field_out_of_scope", "A rule looks at something that is not there yet: an event in a segment, a step's result before entry.");
    public static readonly LintCode UnknownOperator = Error("unknown_operator", "A rule's operator is none of the query builder's.");
    public static readonly LintCode OperatorNotForField = Error("operator_not_for_field", "A rule's operator does not suit its field, e.g. beginsWith on a number.");
    public static readonly LintCode ValueMissing = Error("value_missing", "A rule's operator needs a value and has none.");
    public static readonly LintCode ValueNotUsable = Error("value_not_usable", "A rule's value can never be compared with its field.");
    public static readonly LintCode TextOrder = Warning("text_order", "A rule asks for less, more or between with a text that is neither a number nor a time: texts are ordered letter by letter, and no number matches.");
    public static readonly LintCode WithinNotUsable = Error("within_not_usable", "A window (within) stands on a field that has no history.");
    public static readonly LintCode RuleTooDeep = Error("rule_too_deep", "A rule's groups are nested deeper than the engine goes.");
    public static readonly LintCode RuleTooLong = Error("rule_too_long", "A rule has more comparisons than the engine takes.");
    public static readonly LintCode EmptyRule = Warning("empty_rule", "A branch matches everybody, so that the branches after it get nobody.");

    // The steps of a journey together.
    public static readonly LintCode NoSteps = Error("no_steps", "The journey has no steps.");
    public static readonly LintCode DuplicateStepId = Error("duplicate_step_id", "Two steps have one id.");
    public static readonly LintCode UnknownStep = Error("unknown_step", "A step goes on with a step that does not exist.");
    public static readonly LintCode UnreachableStep = Error("unreachable_step", "No way leads from the first step to this one.");
    public static readonly LintCode CycleWithoutWait = Error("cycle_without_wait", "Steps go round in a circle in which nothing waits; a contact would never come out.");
    public static readonly LintCode EmptyBranches = Error("empty_branches", "A branch has no branches, or a split no variants.");
    public static readonly LintCode WeightsNotPositive = Error("weights_not_positive", "A variant's weight is not above 0.");
    public static readonly LintCode DuplicateName = Error("duplicate_name", "Two branches or variants of one step have one name, so that nobody could tell them apart later.");

    // What documents say of one another.
    public static readonly LintCode DuplicateKey = Error("duplicate_key", "Two journeys, two templates or two segments have one key.");
    public static readonly LintCode UnknownTemplate = Error("unknown_template", "A send names a template that the workspace does not have.");
    public static readonly LintCode TemplateChannelMismatch = Error("template_channel_mismatch", "A send uses a template of another channel.");
    public static readonly LintCode UnknownSegment = Error("unknown_segment", "A rule or trigger names a segment that the workspace does not have.");
    public static readonly LintCode SegmentCycle = Error("segment_cycle", "Segments ask for each other in a circle.");
    public static readonly LintCode UnknownChannel = Error("unknown_channel", "No connector speaks the channel.");
    public static readonly LintCode UnknownAccount = Error("unknown_account", "There is no such account.");
    public static readonly LintCode AccountChannelMismatch = Error("account_channel_mismatch", "The account does not speak the channel.");
    public static readonly LintCode MissingAccount = Warning("missing_account", "A send names no account, and the workspace has none for its channel.");

    // Templates.
    public static readonly LintCode EmptyContent = Error("empty_content", "A template has no content.");
    public static readonly LintCode UnknownContentField = Error("unknown_content_field", "A template's content has a field that the channel's messages do not have.");
    public static readonly LintCode TemplateSyntax = Error("template_syntax", "A text with placeholders cannot be parsed.");
    public static readonly LintCode UnknownVariable = Warning("unknown_variable", "A placeholder reads something other than contact, event, steps, journey, workspace and now, or a step that the journey does not have: it would print nothing.");

    public static readonly LintCode HiddenByBuiltIn = Warning("hidden_by_built_in", "A placeholder reads a name that the language has taken (array, date, html, math, object, regex, string, timespan) where a value was meant: it would print nothing useful.");
    public static readonly LintCode UnseenName = Warning("unseen_name", "Where recorded events are at hand, as in `simulate`: a rule or placeholder looks at contact.x or event.x, and none of the events carries that name. It would match nobody and print nothing.");
    public static readonly LintCode NoEventAtHand = Warning("no_event_at_hand", "A rule, placeholder or template looks at event.* in a journey that no event starts (schedule, date, dormant, segment): it would match nothing and print nothing.");

    public static ImmutableArray<LintCode> All { get; } =
        [.. typeof(LintCodes).GetFields().Where(field => field.FieldType == typeof(LintCode)).Select(field => (LintCode)field.GetValue(null)!)];

    /// <summary>The code of that name; for codes that other parts of the core give.</summary>
    public static LintCode Find(string code) =>
        All.FirstOrDefault(known => known.Code == code) ?? throw new InvariantBrokenException($"Expected {code} among the lint codes, but it is not.");

    private static LintCode Error(string code, string sentence) => new(code, Severity.Error, sentence);

    private static LintCode Shape(string code, string sentence) => new(code, Severity.Error, sentence) { BreaksShape = true };

    private static LintCode Warning(string code, string sentence) => new(code, Severity.Warning, sentence);
}
