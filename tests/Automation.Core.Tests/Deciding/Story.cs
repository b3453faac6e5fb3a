using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Journeys;
using Automation.Core.Journeys.Documents;
using Automation.Core.Primitives;
using Automation.Core.Workspaces;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace Automation.Core.Tests.Deciding;

/// <summary>
/// One contact's life under a virtual clock, driven only by stimuli and judged only by facts and effects. Every decision on the way
/// is checked against the laws: deciding twice gives the same, and state is the fold of events and facts.
/// </summary>
internal sealed class Story
{
    private readonly List<(ContactEvent? Event, Fact? Fact, Instant At)> _records = [];
    private JourneySetSource _source;
    private int _events;

    private Story(JourneySetSource source)
    {
        _source = source;
        Journeys = JourneySet.Build(source);
        Contact = new Contact(1, Now);
    }

    public Instant Now { get; private set; } = Time("2026-03-02T10:00+08:00");

    public JourneySet Journeys { get; private set; }

    public Contact Contact { get; private set; }

    public List<Fact> Facts { get; } = [];

    public List<Effect> Effects { get; } = [];

    /// <summary>Answers each message at once with sent and delivered; off where a test plays the vendor.</summary>
    public bool VendorAnswers { get; init; } = true;

    public static readonly WorkspaceSettings Settings = WorkspaceSettings.Default with
    {
        Consent = ImmutableDictionary<string, ConsentMode>.Empty
            .Add("sms", ConsentMode.Assumed).Add("wecom", ConsentMode.Assumed).Add("mini_program", ConsentMode.Assumed),
        Accounts = ImmutableDictionary<string, string>.Empty
            .Add("sms", "sandbox").Add("wecom", "sandbox").Add("mini_program", "sandbox"),
    };

    public static Story Of(params string[] journeys) => Of(Settings, journeys);

    public static Story Of(WorkspaceSettings settings, params string[] journeys) => new(Source(settings, journeys));

    public static Story WithVendor(string journey, WorkspaceSettings? settings = null) =>
        new(Source(settings ?? Settings, [journey])) { VendorAnswers = false };

    public static Story Of(JourneySetSource source, bool vendorAnswers = true) => new(source) { VendorAnswers = vendorAnswers };

    /// <summary>When each message was decided, by channel.</summary>
    public List<(Instant At, string Channel)> SentAt { get; } = [];

    /// <summary>Moves the clock and fires nothing.</summary>
    public Story PassTo(Instant moment)
    {
        Now = moment;
        return this;
    }

    public static JourneySetSource Source(WorkspaceSettings settings, string[] journeys) => new()
    {
        Settings = settings,
        Journeys = [.. journeys.Select(json => new JourneyVersion(Journey(json), 1, Current: true))],
        Templates =
        [
            new MessageTemplate("hello", "sms", PropertyBag.Of(("text", "hello"))),
            new MessageTemplate("hello-wecom", "wecom", PropertyBag.Of(("text", "hello"))),
            new MessageTemplate("hello-app", "mini_program", PropertyBag.Of(("text", "hello"))),
        ],
        Segments = [],
        Accounts =
        [
            new AccountTraits(
                "sandbox",
                [
                    new ChannelTraits("sms", "phone", 500, null),
                    new ChannelTraits("wecom", "external_user_id", null, null),
                    new ChannelTraits("mini_program", "open_id:*", null, null),
                ],
                Receipts: true,
                AnswersCalls: true),
        ],
    };

    public static Journey Journey(string json)
    {
        var reading = JourneyDocument.Read(Encoding.UTF8.GetBytes(json));
        Assert.True(reading.Findings.IsEmpty, string.Join('\n', reading.Findings));
        return reading.Value!;
    }

    public static Instant Time(string text) => OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mmo<g>").Parse(text).Value.ToInstant();

    /// <summary>Swaps definitions in mid-story, as publishing does.</summary>
    public Story Republish(Func<JourneySetSource, JourneySetSource> change)
    {
        _source = change(_source);
        Journeys = JourneySet.Build(_source);
        return this;
    }

    public Story Knows(params (string Trait, object? Value)[] traits)
    {
        var identities = traits.Where(trait => Identity.IsIdentityTrait(trait.Trait))
            .Select(trait => new Identity(trait.Trait, (string)trait.Value!)).ToImmutableArray();
        return Send(new ContactEvent(NextId(), EventType.Identify, "identify", Now, Now, PropertyBag.Of(traits), identities));
    }

    public Story Does(string name, params (string Property, object? Value)[] properties) => DoesAt(Now, name, properties);

    public Story DoesAt(Instant occurredAt, string name, params (string Property, object? Value)[] properties) =>
        Send(new ContactEvent(NextId(), EventType.Track, name, occurredAt, Now, PropertyBag.Of(properties), []));

    /// <summary>The event's time is a deadline's, and it arrives just then, before the timer could fire.</summary>
    public Story DoesAtDeadline(Instant deadline, string name) => DoesAtDeadlineWith(deadline, name);

    public Story DoesAtDeadlineWith(Instant deadline, string name, params (string Property, object? Value)[] properties)
    {
        Now = deadline;
        return Does(name, properties);
    }

    public Story Send(ContactEvent happened) => Give(new Stimulus.EventArrived(happened));

    public Story Give(Stimulus stimulus)
    {
        var queue = new Queue<Stimulus>([stimulus]);
        while (queue.TryDequeue(out var next))
        {
            foreach (var effect in Decide(next))
            {
                Effects.Add(effect);
                if (effect is Effect.SendMessage { IsCall: false } sent)
                {
                    SentAt.Add((Now, sent.Channel));
                }
                if (effect is Effect.EmitEvent emitted)
                {
                    queue.Enqueue(new Stimulus.EventArrived(emitted.Event));
                }
                else if (VendorAnswers && effect is Effect.SendMessage message)
                {
                    queue.Enqueue(new Stimulus.OutcomeReported(new MessageOutcome(message.Message, OutcomeKind.Sent, Now)));
                    if (!message.IsCall)
                    {
                        queue.Enqueue(new Stimulus.OutcomeReported(new MessageOutcome(message.Message, OutcomeKind.Delivered, Now)));
                    }
                }
            }
        }
        return this;
    }

    /// <summary>Lets time pass; timers fire at their own moments.</summary>
    public Story Until(string time) => Until(Time(time));

    public Story Wait(Duration duration) => Until(Now + duration);

    public Story Until(Instant end)
    {
        for (var guard = 0; NextDue.Of(Journeys, Contact, Now) is { } due && due <= end; guard++)
        {
            Assert.True(guard < 10_000, "Expected timers to make progress, but they do not.");
            Now = Instant.Max(Now, due);
            Give(Stimulus.TimerDue.Now);
        }
        Now = Instant.Max(Now, end);
        return this;
    }

    public Story Reports(OutcomeKind kind, string? reason = null, PropertyBag? response = null, int message = -1) =>
        Give(new Stimulus.OutcomeReported(new MessageOutcome(
            Messages[message < 0 ? Messages.Count - 1 : message].Message, kind, Now, Reason: reason, Response: response)));

    public List<Effect.SendMessage> Messages => [.. Effects.OfType<Effect.SendMessage>()];

    public IEnumerable<T> All<T>() where T : Fact => Facts.OfType<T>();

    public T The<T>() where T : Fact => Assert.Single(Facts.OfType<T>());

    /// <summary>The facts' kinds in order, for judging a whole passage at once.</summary>
    public string Kinds => string.Join(' ', Facts.Select(FactJson.Kind));

    public Story Forget()
    {
        Facts.Clear();
        Effects.Clear();
        return this;
    }

    /// <summary>State as the recorded events and facts alone give it.</summary>
    public Contact Rebuilt()
    {
        var contact = new Contact(1, _firstSeen);
        ContactEvent? last = null;
        foreach (var (happened, fact, at) in _records)
        {
            if (happened is not null)
            {
                last = happened;
                contact = Evolution.Apply(contact, happened);
            }
            else
            {
                contact = Evolution.Apply(contact, FactJson.Read(FactJson.Write(fact!)), at, new FoldContext(last, _other));
            }
        }
        return contact;
    }

    private readonly Instant _firstSeen = Time("2026-03-02T10:00+08:00");
    private Contact? _other;

    private IReadOnlyList<Effect> Decide(Stimulus stimulus)
    {
        var decision = Engine.Decide(Journeys, Contact, stimulus, Now);
        var again = Engine.Decide(Journeys, Contact, stimulus, Now);
        Assert.Equal(decision.Facts.Select(Json), again.Facts.Select(Json));
        Assert.Equal(Bytes(decision.Contact), Bytes(again.Contact));

        if (stimulus is Stimulus.EventArrived arrived)
        {
            // Deadlines before the event were decided first, so their facts stand before it in the ledger.
            Record(decision, arrived.Event);
        }
        else
        {
            _other = (stimulus as Stimulus.Absorb)?.Other ?? _other;
            Record(decision, null);
        }
        Contact = decision.Contact;
        Facts.AddRange(decision.Facts);
        return decision.Effects;
    }

    private void Record(Decision decision, ContactEvent? happened)
    {
        for (var i = 0; i < decision.Facts.Count; i++)
        {
            if (i == decision.FactsBeforeEvent && happened is not null)
            {
                _records.Add((happened, null, Now));
            }
            _records.Add((null, decision.Facts[i], Now));
        }
        if (happened is not null && decision.FactsBeforeEvent >= decision.Facts.Count)
        {
            _records.Add((happened, null, Now));
        }
    }

    public static byte[] Bytes(Contact contact)
    {
        var buffer = new ByteBuffer();
        ContactBytes.Write(buffer, contact);
        return buffer.Written.ToArray();
    }

    private static string Json(Fact fact) => Encoding.UTF8.GetString(FactJson.Write(fact));

    private string NextId() => string.Create(CultureInfo.InvariantCulture, $"event-{++_events}");
}
