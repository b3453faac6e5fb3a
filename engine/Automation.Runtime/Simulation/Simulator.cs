using System.Collections.Immutable;
using Automation.Core.Contacts;
using Automation.Core.Deciding;
using Automation.Core.Journeys;
using Automation.Core.Primitives;
using Automation.Core.Workspaces;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace Automation.Runtime.Simulation;

/// <summary>
/// Runs a workspace over recorded events under a virtual clock: the loop's own decider, contacts in memory, and vendors that take
/// every message and deliver it at once. What time alone changes happens between the events, each at its own moment.
/// </summary>
public sealed class Simulator
{
    private readonly ContactCache _contacts = new(int.MaxValue);
    private readonly ParkedContacts _parked = new(Duration.FromHours(1));
    private readonly PriorityQueue<CachedContact, (Instant Due, long Contact)> _timers = new();
    private readonly Queue<(long Contact, Effect.SendMessage Message)> _sent = new();
    private readonly Batch _batch = new(1, 1, 1);
    private readonly List<Schedule> _schedules = [];
    private readonly DateTimeZone _zone;
    private readonly BatchDecider _decider;
    private readonly ReportBuilder _figures;
    private readonly SimulationReport _report;
    private readonly Action<RecordedFact>? _facts;

    private Simulator(Workspace workspace, ImmutableArray<AccountTraits> accounts, Action<RecordedFact>? facts, ILogger log)
    {
        var journeys = JourneySet.Build(new JourneySetSource
        {
            Settings = workspace.Settings,
            Journeys = [.. workspace.Journeys.Select(journey => new JourneyVersion(journey, 1, Current: true))],
            Templates = workspace.Templates,
            Segments = workspace.Segments,
            Accounts = accounts,
        });
        _decider = new BatchDecider(_contacts, _parked, log) { Journeys = journeys };
        _figures = new ReportBuilder(workspace);
        _report = new SimulationReport(_figures);
        _facts = facts;
        _zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(workspace.Settings.TimeZone)
            ?? DateTimeZoneProviders.Tzdb[WorkspaceSettings.DefaultZone];
        foreach (var (key, _, trigger) in journeys.CurrentTriggers)
        {
            if (trigger is Trigger.OnSchedule schedule)
            {
                _schedules.Add(new Schedule(key, Cron.Parse(schedule.Cron)));
            }
        }
    }

    /// <param name="events">In any order; those of equal time keep theirs.</param>
    /// <param name="until">Where the simulation ends, deadlines at that very moment included; the last event's time when null.</param>
    /// <param name="accounts">Stand-ins for what the workspace names when null.</param>
    /// <param name="facts">Told every fact, in order.</param>
    public static SimulationReport Run(
        Workspace workspace, IEnumerable<ContactEvent> events, Instant? until = null, ImmutableArray<AccountTraits>? accounts = null,
        Action<RecordedFact>? facts = null, ILogger? log = null)
    {
        // A sort that keeps the order of equals, as OrderBy does and List.Sort does not.
        var ordered = events.OrderBy(happened => happened.OccurredAt).ToList();
        var simulator = new Simulator(workspace, accounts ?? SimulatedAccounts.Of(workspace), facts, log ?? NullLogger.Instance);
        return simulator.Run(ordered, until);
    }

    private SimulationReport Run(List<ContactEvent> events, Instant? until)
    {
        _report.Total = events.Count;
        if (events.Count > 0)
        {
            StartSchedules(events[0].OccurredAt);
        }
        foreach (var happened in events)
        {
            if (happened.OccurredAt > until)
            {
                break;
            }
            // An event at the very time of a deadline comes before it, so only earlier ones pass now.
            LetPass(due => due < happened.OccurredAt);
            Arrive(happened);
        }
        if ((until ?? (events.Count > 0 ? events[^1].OccurredAt : null)) is { } end)
        {
            LetPass(due => due <= end);
        }
        return _report;
    }

    private void Arrive(ContactEvent happened)
    {
        _decider.Now = happened.OccurredAt;
        if (!_batch.MessageIds.Add(happened.MessageId))
        {
            _report.Duplicates++;
            return;
        }
        var contacts = _batch.NextContact;
        if (!_decider.Event(_batch, null, happened with { ReceivedAt = happened.OccurredAt }))
        {
            _report.Rejected++;
            return;
        }
        _report.Contacts += _batch.NextContact - contacts;
        Settle();
    }

    /// <summary>Deadlines and calendars in time order; at one moment deadlines first, then calendars.</summary>
    private void LetPass(Func<Instant, bool> isDue)
    {
        while (true)
        {
            var schedule = NextSchedule();
            if (NextTimer() is { } timer && isDue(timer.DueAt!.Value) && (schedule is null || timer.DueAt <= schedule.Next))
            {
                _timers.Dequeue();
                _decider.Now = timer.DueAt.Value;
                timer.DueAt = null;
                _decider.Timer(_batch, timer);
                Settle();
            }
            else if (schedule is not null && isDue(schedule.Next!.Value))
            {
                Fire(schedule);
            }
            else
            {
                return;
            }
        }
    }

    // A contact whose deadline moved stands in the queue more than once; only the entry with its present deadline counts.
    private CachedContact? NextTimer()
    {
        while (_timers.TryPeek(out var contact, out var at))
        {
            if (contact.DueAt == at.Due)
            {
                return contact;
            }
            _timers.Dequeue();
        }
        return null;
    }

    private void StartSchedules(Instant start)
    {
        foreach (var schedule in _schedules)
        {
            schedule.Next = schedule.Cron.Next(start, _zone);
        }
    }

    private Schedule? NextSchedule()
    {
        Schedule? next = null;
        foreach (var schedule in _schedules)
        {
            if (schedule.Next is { } at && (next is null || at < next.Next))
            {
                next = schedule;
            }
        }
        return next;
    }

    private void Fire(Schedule schedule)
    {
        var at = schedule.Next!.Value;
        _decider.Now = at;
        for (var id = _batch.FirstContact; id < _batch.NextContact; id++)
        {
            if (_contacts.Find(id) is { Contact.MergedInto: null })
            {
                _decider.Stimulus(_batch, null, id, new Stimulus.ScheduleFired(schedule.Journey, at));
                Settle();
            }
        }
        schedule.Next = schedule.Cron.Next(at, _zone);
    }

    /// <summary>Answers what was sent, as long as answers bring about more sends; then books the facts and the new deadlines.</summary>
    private void Settle()
    {
        Book();
        while (_sent.TryDequeue(out var next))
        {
            Tell(next.Contact, new MessageOutcome(
                next.Message.Message, OutcomeKind.Sent, _decider.Now, Response: next.Message.IsCall ? PropertyBag.Empty : null));
            if (IsInFlight(next.Contact, next.Message.Message))
            {
                Tell(next.Contact, new MessageOutcome(next.Message.Message, OutcomeKind.Delivered, _decider.Now));
            }
        }
    }

    private void Tell(long contact, MessageOutcome outcome)
    {
        _decider.Stimulus(_batch, null, contact, new Stimulus.OutcomeReported(outcome));
        Book();
    }

    private bool IsInFlight(long contact, Guid message)
    {
        foreach (var one in _contacts.Find(contact)?.Contact.Messages ?? [])
        {
            if (one.Id == message)
            {
                return true;
            }
        }
        return false;
    }

    private void Book()
    {
        foreach (var fact in _batch.Facts)
        {
            _figures.Add(fact);
            _facts?.Invoke(fact);
            if (fact.Fact is ContactFact.ContactMerged)
            {
                _report.Contacts--;
            }
        }
        _report.Facts += _batch.Facts.Count;
        foreach (var message in _batch.Messages)
        {
            _sent.Enqueue((message.Contact, message.Message));
        }
        foreach (var contact in _batch.Changed)
        {
            var due = contact.Contact.MergedInto is null
                ? _parked.Postpone(contact.Id, NextDue.Of(_decider.Journeys, contact.Contact, _decider.Now), _decider.Now)
                : null;
            if (due != contact.DueAt)
            {
                contact.DueAt = due;
                if (due is { } at)
                {
                    _timers.Enqueue(contact, (at, contact.Id));
                }
            }
        }
        _batch.Clear();
    }

    private sealed class Schedule(string journey, Cron cron)
    {
        public string Journey => journey;

        public Cron Cron => cron;

        public Instant? Next { get; set; }
    }
}
