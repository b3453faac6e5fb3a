using System.Collections.Immutable;
using Automation.Core.Journeys;
using Automation.Core.Primitives;
using Automation.Core.Rules;
using Automation.Core.Steps;
using Automation.Core.Steps.Branch;
using Automation.Core.Steps.Call;
using Automation.Core.Steps.Emit;
using Automation.Core.Steps.Exit;
using Automation.Core.Steps.Send;
using Automation.Core.Steps.Split;
using Automation.Core.Steps.Update;
using Automation.Core.Steps.Wait;
using Automation.Core.Steps.WaitFor;
using NodaTime;

namespace Automation.Core.Tests.Journeys.Documents;

/// <summary>Any journey a document can hold, by seed: every trigger, step, option and kind of value comes up.</summary>
internal sealed class RandomJourney(int seed)
{
    private static readonly string[] Words =
        ["offer", "新人礼", "order paid", "vip-1", "a.b", "🎁 gift", "tab\tquote\"back\\slash", "<b>&amp;</b>", "{{ contact.name ?? '你' }}"];

    private readonly Random _random = new(seed);

    public Journey Make() => new(
        Key(), Word(), Trigger(), Entry(), Some(3, () => new ExitRule(Word(), Rule())),
        Maybe(() => new Goal(Word(), Rule(), MaybeValue(Span), Maybe(Word))), Some(12, Step))
    {
        Description = Maybe(Word),
        Notes = Some(2, () => new JourneyNote(Maybe(Key), Word())),
    };

    private Trigger Trigger() => _random.Next(9) switch
    {
        0 => new Trigger.OnEvent(Word(), Rule(), MaybeValue(() => _random.Next(1, 9))),
        1 => new Trigger.OnDormant(Span(), Some(3, Word)),
        2 => new Trigger.OnNotDone(new EventPattern(Word(), Rule()), new EventPattern(Word(), Rule()), Span()),
        3 => new Trigger.OnTag(Word(), Any<TagChange>()),
        4 => new Trigger.OnSegment(Word(), Any<SegmentChange>()),
        5 => new Trigger.OnDate(Key(), Offset(), Time(), Flag()),
        6 => new Trigger.OnSchedule(Pick("0 9 * * 1", "*/5 8-20 * * mon-fri", "30 7 1,15 * ?")),
        7 => new Trigger.OnKeyword([Word(), .. Some(3, Word)], Any<KeywordMatch>(), Maybe(Key)),
        _ => new Trigger.OnManual(),
    };

    private EntryRule Entry() => Any<EntryRepeat>() switch
    {
        EntryRepeat.After => new EntryRule(EntryRepeat.After, Span(), null, Rule(), Percent()),
        EntryRepeat.Per => new EntryRule(EntryRepeat.Per, null, "event.order_id", Rule(), Percent()),
        var repeat => new EntryRule(repeat, null, null, Rule(), Percent()),
    };

    private StepNode Step()
    {
        StepNode step = _random.Next(9) switch
        {
            0 => Wait(),
            1 => new WaitForNode(Key(), Word(), Rule(), Span(), Maybe(Key), Maybe(Key)),
            2 => new BranchNode(Key(), Some(3, () => new BranchCase(Word(), Rule(), Maybe(Key))), Maybe(Key)),
            3 => new SplitNode(Key(), Some(3, () => new SplitVariant(Word(), Percent() + 0.5m, Flag(), Maybe(Key)))),
            4 => new SendNode(Key(), Key(), Maybe(Key), Key(), Maybe(Word),
                Some(2, () => new SendFallback(Key(), Maybe(Key), Key(), Maybe(Word), Flag() ? Duration.Zero : Span())),
                Failure(), Maybe(Key)),
            5 => new UpdateNode(Key(), Bag(2), Some(2, Word), Some(2, Word), Some(2, Word), Maybe(Key)),
            6 => new EmitNode(Key(), Word(), Bag(2), Maybe(Key)),
            7 => new CallNode(Key(), Key(), Bag(2), Span(), Failure(), Maybe(Key)),
            _ => new ExitNode(Key(), Maybe(Word)),
        };
        return step with { Name = Maybe(Word) };
    }

    private WaitNode Wait()
    {
        var until = Flag() ? Until() : null;
        return new WaitNode(Key(), until is null || Flag() ? Span() : null, until, Maybe(Key));
    }

    private WaitUntil Until() => Flag()
        ? new WaitUntil(MaybeValue(Time), Some(3, () => (IsoDayOfWeek)_random.Next(1, 8)), "contact.expires_on", Offset())
        : new WaitUntil(Time(), [IsoDayOfWeek.Monday, IsoDayOfWeek.Sunday], null, Duration.Zero);

    private FailurePolicy Failure() =>
        Any<FailureAction>() is var action && action == FailureAction.Branch ? new FailurePolicy(action, Key()) : new FailurePolicy(action);

    private RuleGroup Rule() => Flag() ? RuleGroup.Everything : Group(3);

    private RuleGroup Group(int depth) => new(Any<Combinator>(), Flag(), [Comparison(), .. Some(2, () => Node(depth))]);

    private RuleNode Node(int depth) => depth > 0 && Flag() ? Group(depth - 1) : Comparison();

    private Rule Comparison() => new(Word(), Pick("=", "in", "between", "null"), Value(2), MaybeValue(Span));

    private object? Value(int depth) => _random.Next(depth > 0 ? 9 : 7) switch
    {
        0 => null,
        1 => true,
        2 => (long)_random.Next(),
        3 => long.MinValue,
        4 => 19.90m,
        5 => 1.5e300,
        6 => Word(),
        7 => new List<object?> { Value(depth - 1), Word() },
        _ => Bag(depth - 1),
    };

    private PropertyBag Bag(int depth) =>
        PropertyBag.Of([.. Some(3, Word).Distinct().Select(word => (word, Value(depth)))]);

    private Duration Span() => Duration.FromSeconds(Pick(1, 60, 3_600, 86_400, 604_800) * (long)_random.Next(1, 40));

    private Duration Offset() => Flag() ? Duration.Zero : Flag() ? Span() : -Span();

    private LocalTime Time() => new(_random.Next(24), _random.Next(60));

    private decimal Percent() => _random.Next(201) / 2m;

    private string Word() => Pick(Words);

    private string Key() => Pick("gate", "day-1", "礼包_2");

    private bool Flag() => _random.Next(2) == 0;

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];

    private T Any<T>()
        where T : struct, Enum => Pick(Enum.GetValues<T>());

    private T? Maybe<T>(Func<T> make)
        where T : class => Flag() ? make() : null;

    private T? MaybeValue<T>(Func<T> make)
        where T : struct => Flag() ? make() : null;

    private ImmutableArray<T> Some<T>(int max, Func<T> make) => [.. Enumerable.Range(0, _random.Next(max + 1)).Select(_ => make())];
}
