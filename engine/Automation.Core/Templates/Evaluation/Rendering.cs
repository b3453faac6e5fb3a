using System.Globalization;
using System.Runtime.CompilerServices;

namespace Automation.Core.Templates.Evaluation;

/// <summary>
/// Everything one render knows: its model, its names, its output and how much work it may still do. The tree is shared by
/// all renders and holds none of this.
/// </summary>
internal sealed partial class Rendering
{
    private readonly IReadOnlyDictionary<string, object?> _model;
    private ScriptObject? _assigned;
    private Dictionary<object, Thing>? _rewritten;
    private Scope _scope;
    private int _depth;
    private int _loopDepth;
    private int _loopCount;
    private int _stepsLeft;

    public Rendering(IReadOnlyDictionary<string, object?> model, in RenderOptions options, TextBuffer buffer)
    {
        _model = model;
        Culture = options.Culture ?? CultureInfo.InvariantCulture;
        Limits = options.Limits ?? TemplateLimits.Default;
        Strictness = options.Strictness ?? TemplateStrictness.Default;
        Includes = options.Includes;
        Now = options.Now;
        Seed = options.Seed;
        Output = buffer;
        _stepsLeft = Limits.Steps;
        _textLimit = Limits.Text > 0 ? Limits.Text : TemplateLimits.Default.Text;
        _scope = new Scope(null, null, isFunction: false);
        Frame = new Frame();
    }

    public CultureInfo Culture { get; }

    public TemplateLimits Limits { get; }

    public TemplateStrictness Strictness { get; }

    public Func<string, TemplateParse?>? Includes { get; }

    public NodaTime.Instant Now { get; }

    public ulong? Seed { get; }

    public TextBuffer Output { get; }

    public Frame Frame { get; private set; }

    public Value Returned { get; set; }

    /// <summary>The call being evaluated: where a fault without a position of its own happened.</summary>
    public Tree.Call? CallSite { get; set; }

    /// <summary>What <c>date.format</c> was set to; null is the default pattern.</summary>
    public Value DateFormat { get; set; } = new("%d %b %Y");

    /// <summary>How far <c>array.cycle</c> has come, by the group it was called with.</summary>
    public Dictionary<string, int> Cycles => field ??= new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>How many random values this render has drawn.</summary>
    public int Draws { get; set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step(int cost = 1)
    {
        _stepsLeft -= cost;
        if (_stepsLeft < 0)
        {
            throw OutOfSteps();
        }
    }

    /// <summary>Building text costs by its length, so that a short template cannot copy gigabytes.</summary>
    public void StepForText(int characters) => Step(1 + (characters >> 6));

    public void EnterLoop()
    {
        if (_loopDepth++ == 0)
        {
            _loopCount = 0;
        }
    }

    public void LeaveLoop() => _loopDepth--;

    /// <summary>Counts one turn of a nest of loops.</summary>
    public void Turn(Tree.Node? at = null, int count = 1)
    {
        Step(count);
        if (Limits.Loop > 0 && (_loopCount += count) > Limits.Loop)
        {
            var message = $"Expected at most {Text(Limits.Loop)} iterations, but the loops run longer.";
            throw at is null ? new Fault(message) : at.Fault(message);
        }
    }

    /// <summary>Counts what a list function walks through; outside of loops every function has a budget of its own.</summary>
    public void Walk(int count)
    {
        EnterLoop();
        Turn(null, Math.Max(count, 0));
        LeaveLoop();
    }

    public void EnterCall(Tree.Node at)
    {
        Step();
        if (_depth >= Limits.Recursion || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw at.Fault($"Expected calls at most {Text(Limits.Recursion)} deep, but they go deeper.");
        }

        _depth++;
    }

    public void LeaveCall() => _depth--;

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private Fault OutOfSteps() =>
        new($"Expected the template to finish within {Text(Limits.Steps)} steps, but it goes on.");
}
