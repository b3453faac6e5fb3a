using System.Text;

namespace Automation.Core.Rules;

/// <summary>How a field is compared: the operators of the React Query Builder.</summary>
public enum RuleOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Contains,
    DoesNotContain,
    BeginsWith,
    DoesNotBeginWith,
    EndsWith,
    DoesNotEndWith,
    Null,
    NotNull,
    In,
    NotIn,
    Between,
    NotBetween,
}

/// <summary>How operators are written. Letter case, blanks, dashes and underscores do not matter: <c>not in</c> is <c>notIn</c>.</summary>
public static class RuleOperators
{
    public static bool TryParse(string text, out RuleOperator parsed)
    {
        var found = Find(text);
        parsed = found ?? RuleOperator.Equal;
        return found is not null;
    }

    /// <summary>The canonical name, as the designer saves it.</summary>
    public static string Name(this RuleOperator of) => of switch
    {
        RuleOperator.Equal => "=",
        RuleOperator.NotEqual => "!=",
        RuleOperator.Less => "<",
        RuleOperator.LessOrEqual => "<=",
        RuleOperator.Greater => ">",
        RuleOperator.GreaterOrEqual => ">=",
        RuleOperator.Contains => "contains",
        RuleOperator.DoesNotContain => "doesNotContain",
        RuleOperator.BeginsWith => "beginsWith",
        RuleOperator.DoesNotBeginWith => "doesNotBeginWith",
        RuleOperator.EndsWith => "endsWith",
        RuleOperator.DoesNotEndWith => "doesNotEndWith",
        RuleOperator.Null => "null",
        RuleOperator.NotNull => "notNull",
        RuleOperator.In => "in",
        RuleOperator.NotIn => "notIn",
        RuleOperator.Between => "between",
        RuleOperator.NotBetween => "notBetween",
        _ => throw new ArgumentOutOfRangeException(nameof(of)),
    };

    /// <summary>Whether the right-hand side is a list: in, notIn, between, notBetween.</summary>
    public static bool TakesList(this RuleOperator of) =>
        of is RuleOperator.In or RuleOperator.NotIn or RuleOperator.Between or RuleOperator.NotBetween;

    /// <summary>Whether it asks which of two values comes first.</summary>
    public static bool AsksForOrder(this RuleOperator of) => of is RuleOperator.Less or RuleOperator.LessOrEqual or RuleOperator.Greater
        or RuleOperator.GreaterOrEqual or RuleOperator.Between or RuleOperator.NotBetween;

    /// <summary>Whether there is no right-hand side at all.</summary>
    public static bool TakesNothing(this RuleOperator of) => of is RuleOperator.Null or RuleOperator.NotNull;

    private static RuleOperator? Find(string text) => Plain(text) switch
    {
        "=" or "==" or "===" or "eq" or "equal" or "equals" or "is" => RuleOperator.Equal,
        "!=" or "!==" or "<>" or "ne" or "neq" or "notequal" or "notequals" or "isnot" => RuleOperator.NotEqual,
        "<" or "lt" => RuleOperator.Less,
        "<=" or "lte" or "le" => RuleOperator.LessOrEqual,
        ">" or "gt" => RuleOperator.Greater,
        ">=" or "gte" or "ge" => RuleOperator.GreaterOrEqual,
        "contains" => RuleOperator.Contains,
        "doesnotcontain" or "notcontains" => RuleOperator.DoesNotContain,
        "beginswith" or "startswith" => RuleOperator.BeginsWith,
        "doesnotbeginwith" or "doesnotstartwith" => RuleOperator.DoesNotBeginWith,
        "endswith" => RuleOperator.EndsWith,
        "doesnotendwith" => RuleOperator.DoesNotEndWith,
        "null" or "isnull" => RuleOperator.Null,
        "notnull" or "isnotnull" => RuleOperator.NotNull,
        "in" => RuleOperator.In,
        "notin" => RuleOperator.NotIn,
        "between" => RuleOperator.Between,
        "notbetween" => RuleOperator.NotBetween,
        _ => null,
    };

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (letter is not (' ' or '_' or '-'))
            {
                plain.Append(char.ToLowerInvariant(letter));
            }
        }
        return plain.ToString();
    }
}
