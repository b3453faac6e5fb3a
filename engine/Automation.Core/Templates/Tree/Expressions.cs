using Automation.Core.Templates.Evaluation;

namespace Automation.Core.Templates.Tree;

internal sealed class Binary(int line, int column, BinaryOperator op, Expression left, Expression right)
    : Expression(line, column)
{
    public Expression Left { get; } = left;

    public Expression Right { get; } = right;

    public BinaryOperator Operator { get; } = op;

    public override Value Evaluate(Rendering rendering)
    {
        var first = Left.Evaluate(rendering);
        var second = Right.Evaluate(rendering);
        return Operators.Apply(rendering, Operator, first, second, this);
    }
}

/// <summary><c>&amp;&amp;</c> and <c>||</c>: always answer true or false, and look at the right only when they must.</summary>
internal sealed class Logical(int line, int column, bool isAnd, Expression left, Expression right)
    : Expression(line, column)
{
    public Expression Left { get; } = left;

    public Expression Right { get; } = right;

    public bool IsAnd { get; } = isAnd;

    public override Value Evaluate(Rendering rendering) =>
        new(Left.Evaluate(rendering).IsTrue
            ? !IsAnd || Right.Evaluate(rendering).IsTrue
            : !IsAnd && Right.Evaluate(rendering).IsTrue);
}

/// <summary><c>a ?? b</c>: a unless it is null. <c>a ?! b</c>: b unless a is null.</summary>
internal sealed class Coalesce(int line, int column, bool isInverse, Expression left, Expression right)
    : Expression(line, column)
{
    public Expression Left { get; } = left;

    public Expression Right { get; } = right;

    public bool IsInverse { get; } = isInverse;

    public override Value Evaluate(Rendering rendering)
    {
        var value = Left.Evaluate(rendering);
        return value.IsNull == IsInverse ? value : Right.Evaluate(rendering);
    }
}

internal sealed class Conditional(int line, int column, Expression condition, Expression then, Expression otherwise)
    : Expression(line, column)
{
    public Expression Condition { get; } = condition;

    public Expression Then { get; } = then;

    public Expression Otherwise { get; } = otherwise;

    public override Value Evaluate(Rendering rendering) =>
        (Condition.Evaluate(rendering).IsTrue ? Then : Otherwise).Evaluate(rendering);
}

internal enum UnaryOperator
{
    Not,
    Negate,
    Plus,
}

internal sealed class Unary(int line, int column, UnaryOperator op, Expression operand) : Expression(line, column)
{
    public Expression Operand { get; } = operand;

    public override Value Evaluate(Rendering rendering)
    {
        var value = Operand.Evaluate(rendering);
        if (op == UnaryOperator.Not)
        {
            return new Value(!value.IsTrue);
        }

        if (value.IsNull)
        {
            return value;
        }

        if (!value.IsNumber)
        {
            throw Fault($"Expected a number after the sign, but found {Kinds.Name(value)}.");
        }

        return op == UnaryOperator.Plus ? value : Negate(value);
    }

    public static Value Negate(Value value) => value.Kind switch
    {
        ValueKind.Int => Value.Shrink(-(long)value.Int),
        ValueKind.Double => new Value(-value.Double),
        ValueKind.Float => new Value(-value.Float),
        ValueKind.Decimal => new Value(-value.Decimal),
        _ => Value.Shrink(-Numbers.ToBigInteger(value)),
    };
}

/// <summary><c>x++</c> and its kin, which answer the value before or after.</summary>
internal sealed class Increment(int line, int column, Expression operand, int by, bool answersOld)
    : Expression(line, column)
{
    public Expression Operand { get; } = operand;

    public override Value Evaluate(Rendering rendering)
    {
        if (Operand is not IAssignable target)
        {
            throw Fault("Expected a variable to count up or down, but found another expression.");
        }

        var old = Operand.Evaluate(rendering);
        var changed = Operators.Apply(rendering, BinaryOperator.Add, old, new Value(by), this);
        target.Assign(rendering, changed);
        return answersOld ? old : changed;
    }
}

/// <summary><c>@name</c>: the function itself, not called.</summary>
internal sealed class FunctionReference(int line, int column, Expression operand) : Expression(line, column)
{
    public Expression Operand { get; } = operand;

    public override Value Evaluate(Rendering rendering) => Operand.Resolve(rendering);
}

/// <summary><c>^list</c>: its elements become arguments. Anywhere else it is the list.</summary>
internal sealed class Expand(int line, int column, Expression operand) : Expression(line, column)
{
    public Expression Operand { get; } = operand;

    public override Value Evaluate(Rendering rendering) => Operand.Evaluate(rendering);
}
