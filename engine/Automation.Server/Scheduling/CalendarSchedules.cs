using Automation.Core.Journeys;
using Automation.Runtime.Definitions;
using NodaTime;
using Quartz;

namespace Automation.Server.Scheduling;

/// <summary>
/// Keeps Quartz in step with the published calendars: one durable job for each, in tables of its own beside the engine's. Quartz is
/// started when the first journey with a calendar is there, and off the path of the server's start: most servers never need it.
/// </summary>
internal sealed partial class CalendarSchedules : IAsyncDisposable
{
    private const string Group = "journeys";

    private readonly Action<IPersistentStoreBuilder> _tables;
    private readonly JourneyRegistry _registry;
    private readonly JourneyOperations _operations;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private IScheduler? _scheduler;

    /// <param name="tables">Where Quartz keeps its tables (<see cref="QuartzTables"/>).</param>
    public CalendarSchedules(Action<IPersistentStoreBuilder> tables, JourneyRegistry registry, JourneyOperations operations, ILogger<CalendarSchedules> log)
    {
        _tables = tables;
        _registry = registry;
        _operations = operations;
        _log = log;
    }

    /// <summary>Told after each firing: whose calendar, and the time it was planned for.</summary>
    public event Action<string, Instant>? Fired;

    /// <summary>The last change of the plan, for whoever waits until it is in force.</summary>
    public Task Planned { get; private set; } = Task.CompletedTask;

    /// <summary>Plans what is published now, and whatever is published later.</summary>
    public void Start()
    {
        _registry.Changed += Plan;
        Plan(_registry.Journeys);
    }

    public async ValueTask DisposeAsync()
    {
        _registry.Changed -= Plan;
        await _stopping.CancelAsync();
        await Planned;
        if (_scheduler is not null)
        {
            await _scheduler.Shutdown(waitForJobsToComplete: true);
        }
        _turn.Dispose();
        _stopping.Dispose();
    }

    private void Plan(JourneySet journeys) => Plan(JourneyCalendar.Of(journeys));

    internal void Plan(IReadOnlyList<JourneyCalendar> calendars)
    {
        if (_scheduler is not null || calendars.Count > 0)
        {
            Planned = Task.Run(() => PlanInTurnAsync(calendars));
        }
    }

    private async Task PlanInTurnAsync(IReadOnlyList<JourneyCalendar> calendars)
    {
        try
        {
            await _turn.WaitAsync(_stopping.Token);
            try
            {
                _scheduler ??= await StartQuartzAsync();
                await PlanAsync(_scheduler, calendars);
            }
            finally
            {
                _turn.Release();
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The next start plans again.
        }
#pragma warning disable CA1031 // A calendar that cannot be planned must not end the process; the log says so, and the next change tries again.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogPlanFailed(error);
        }
    }

    private async Task PlanAsync(IScheduler scheduler, IReadOnlyList<JourneyCalendar> calendars)
    {
        var planned = await scheduler.QueryJobs(new JobQuery { Group = GroupMatcher<JobKey>.GroupEquals(Group) }, _stopping.Token);
        foreach (var job in planned.Items.Where(job => !calendars.Any(calendar => calendar.Journey == job.Key.Name)))
        {
            await scheduler.DeleteJob(job.Key, _stopping.Token);
        }
        foreach (var calendar in calendars)
        {
            var key = new TriggerKey(calendar.Journey, Group);
            // One that has not changed is left alone: it remembers what it missed while no process ran.
            if (await scheduler.GetTrigger(key, _stopping.Token) is ICronTrigger known
                && known.CronExpressionString == calendar.Cron && known.TimeZone.Id == calendar.TimeZone)
            {
                continue;
            }
            var job = JobBuilder.Create<ScheduleJob>().WithIdentity(calendar.Journey, Group).StoreDurably().Build();
            var trigger = TriggerBuilder.Create().WithIdentity(key)
                .WithCronSchedule(calendar.Cron, cron => cron
                    .InTimeZone(TimeZoneInfo.FindSystemTimeZoneById(calendar.TimeZone))
                    .WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
                .Build();
            await scheduler.ScheduleJob(job, [trigger], ScheduleJobOptions.Replacing, _stopping.Token);
        }
    }

    private async ValueTask FireAsync(string journey, Instant planned, CancellationToken cancellation)
    {
        LogFired(journey, planned);
        await _operations.FireScheduleAsync(journey, planned, cancellation);
        Fired?.Invoke(journey, planned);
    }

    private async Task<IScheduler> StartQuartzAsync()
    {
        var scheduler = await QuartzSchedulerBuilder.Create(quartz => quartz
                .ConfigureScheduler(options => options.InstanceName = "journeys")
                .UseDefaultThreadPool(maxConcurrency: 2)
                .UseJobFactory(new ScheduleJobs(FireAsync))
                .UsePersistentStore(_tables))
            .BuildScheduler(_stopping.Token);
        await scheduler.Start(_stopping.Token);
        return scheduler;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The calendar of journey {Journey} fired for {Planned}")]
    private partial void LogFired(string journey, Instant planned);

    [LoggerMessage(Level = LogLevel.Error, Message = "The calendars could not be planned; journeys with a schedule do not start by it")]
    private partial void LogPlanFailed(Exception error);
}
