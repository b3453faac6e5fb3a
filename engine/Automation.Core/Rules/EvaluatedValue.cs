namespace Automation.Core.Rules;

/// <summary>One value a rule looked at, for the fact that tells why.</summary>
/// <param name="Needed">The rule's right-hand side.</param>
/// <param name="Was">What stood there; null when nothing did.</param>
public readonly record struct EvaluatedValue(string Field, string Operator, object? Needed, object? Was, bool Matched);
