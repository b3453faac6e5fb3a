namespace Automation.Core.Rules;

/// <summary>Why a rule could not be made ready. The comparison at fault matches nobody.</summary>
/// <param name="Code">Stable, one of the constants.</param>
/// <param name="Pointer">JSON pointer within the group, e.g. <c>/rules/0/value</c>.</param>
public readonly record struct RuleProblem(string Code, string Pointer, string Message)
{
    public const string UnknownField = "unknown_field";
    public const string UnknownOperator = "unknown_operator";
    public const string OperatorNotForField = "operator_not_for_field";
    public const string ValueMissing = "value_missing";
    public const string ValueNotUsable = "value_not_usable";
    public const string WithinNotUsable = "within_not_usable";
    public const string TooDeep = "rule_too_deep";
    public const string TooLong = "rule_too_long";
}
