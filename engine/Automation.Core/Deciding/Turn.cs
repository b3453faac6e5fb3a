using System.Collections.Immutable;
using Automation.Core.Contacts;
using Automation.Core.Journeys;
using Automation.Core.Primitives;
using Automation.Core.Rules;
using NodaTime;

namespace Automation.Core.Deciding;

/// <summary>
/// One decision while it is made: the contact as it stands after the facts so far, the facts, the effects. Each fact is applied
/// as it is recorded, by the same fold that rebuilds state, so a decision can never disagree with its own ledger.
/// </summary>
internal sealed class Turn
{
    /// <summary>How many steps one stimulus may enter. Lint forbids loops without a wait; this holds where time itself loops.</summary>
    public const int StepsMax = 1_000;

    private List<Fact>? _facts;
    private List<Effect>? _effects;
    private int _factsBeforeEvent;
    private DateTimeZone? _zone;
    private string? _zoneOf;

    public Turn(JourneySet journeys, Contact contact, Instant now)
    {
        Journeys = journeys;
        Contact = contact;
        Now = now;
        Moment = now;
    }

    public JourneySet Journeys { get; }

    /// <summary>As it stands after the facts so far.</summary>
    public Contact Contact { get; private set; }

    /// <summary>When the decision is made.</summary>
    public Instant Now { get; }

    /// <summary>From when waits count: the time of the event at hand, which may lie a little before <see cref="Now"/>.</summary>
    public Instant Moment { get; set; }

    /// <summary>The event at hand, if one is.</summary>
    public ContactEvent? Event { get; private set; }

    /// <summary>Who asked, for commands; stands in every fact.</summary>
    public string? Actor { get; init; }

    public int StepsLeft { get; set; } = StepsMax;

    public DateTimeZone Zone
    {
        get
        {
            var name = Contact.Attributes.Find("time_zone") as string;
            if (_zone is null || !string.Equals(_zoneOf, name, StringComparison.Ordinal))
            {
                _zone = Journeys.ZoneOf(name);
                _zoneOf = name;
            }
            return _zone;
        }
    }

    public void Happened(ContactEvent happened)
    {
        Event = happened;
        _factsBeforeEvent = _facts?.Count ?? 0;
        Moment = happened.OccurredAt;
        Contact = Evolution.Apply(Contact, happened);
    }

    public void Record(Fact fact, Contact? other = null)
    {
        if (Actor is not null && fact.Actor is null)
        {
            fact = fact with { Actor = Actor };
        }
        (_facts ??= []).Add(fact);
        Contact = Evolution.Apply(Contact, fact, Now, new FoldContext(Event, other));
    }

    public void Do(Effect effect) => (_effects ??= []).Add(effect);

    public void Reject(string stimulus, string reason, string text) =>
        Record(new ContactFact.StimulusRejected(stimulus, text) { Reason = reason });

    /// <summary>What rules see: the event at hand before the enrollment's own.</summary>
    public RuleContext Rules(Enrollment? enrollment = null, bool withEvent = true) => new(
        Contact,
        withEvent ? Event?.Properties : null,
        withEvent ? Event?.Name : null,
        enrollment,
        Now,
        Zone,
        Journeys.SegmentRules);

    public Decision Decided() => new(Contact, _facts ?? (IReadOnlyList<Fact>)[], _effects ?? (IReadOnlyList<Effect>)[], _factsBeforeEvent);

    public Enrollment? Find(int ordinal)
    {
        foreach (var enrollment in Contact.Enrollments)
        {
            if (enrollment.Ordinal == ordinal)
            {
                return enrollment;
            }
        }
        return null;
    }

    /// <summary>The values looked at, as they may stand in a fact.</summary>
    public ImmutableArray<EvaluatedValue> Looked(List<EvaluatedValue> values)
    {
        if (values.Count == 0)
        {
            return default;
        }
        var result = ImmutableArray.CreateBuilder<EvaluatedValue>(values.Count);
        foreach (var value in values)
        {
            result.Add(Journeys.Settings.Personal.Masks(value.Field) || PersonalMask.Looks(value.Was) || PersonalMask.Looks(value.Needed) ? Mask(value) : value);
        }
        return result.MoveToImmutable();
    }

    /// <summary>A match would give the value away by what was needed, so both sides are hidden.</summary>
    private static EvaluatedValue Mask(EvaluatedValue value) => value with
    {
        Needed = value.Needed is null ? null : PersonalFields.Masked,
        Was = value.Was is null ? null : PersonalFields.Masked,
    };
}
