using NodaTime;
using Quartz;

namespace Automation.Server.Scheduling;

/// <summary>
/// Has the ledger looked after once a day, on one of the workers, by a calendar they share in the database. A day that was missed while no
/// worker ran is made up for at once, once.
/// </summary>
internal sealed partial class UpkeepSchedule(
    Action<IPersistentStoreBuilder> tables, Func<Instant, CancellationToken, Task> keepHouse, ILogger<UpkeepSchedule> log) : IAsyncDisposable
{
    /// <summary>In the small hours of most users, in Universal Time so that no change of clocks skips or doubles it.</summary>
    public const string Daily = "0 20 19 * * ?";

    private const string Group = "upkeep";
    private const string Ledger = "ledger";

    // Workers that start together on an empty database make Quartz's tables in each other's way.
    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();
    private IScheduler? _scheduler;

    /// <summary>Completes when it is planned.</summary>
    public Task Planned { get; private set; } = Task.CompletedTask;

    /// <param name="cron">In the form of Quartz; <see cref="Daily"/> but in tests.</param>
    public void Start(string cron = Daily) => Planned = Task.Run(() => PlanAsync(cron));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Planned;
        if (_scheduler is not null)
        {
            await _scheduler.Shutdown(waitForJobsToComplete: true);
        }
        _stopping.Dispose();
    }

    private async Task PlanAsync(string cron)
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                _scheduler ??= await QuartzSchedulerBuilder.Create(quartz => quartz
                        .ConfigureScheduler(options => options.InstanceName = Group)
                        .UseDefaultThreadPool(maxConcurrency: 1)
                        .UseJobFactory(new ScheduleJobs(FireAsync))
                        .UsePersistentStore(tables))
                    .BuildScheduler(_stopping.Token);
                var key = new TriggerKey(Ledger, Group);
                // One that has not changed is left alone: it remembers what it missed while no process ran.
                if (await _scheduler.GetTrigger(key, _stopping.Token) is not ICronTrigger known || known.CronExpressionString != cron)
                {
                    var job = JobBuilder.Create<ScheduleJob>().WithIdentity(Ledger, Group).StoreDurably().Build();
                    var trigger = TriggerBuilder.Create().WithIdentity(key)
                        .WithCronSchedule(cron, when => when.InTimeZone(TimeZoneInfo.Utc).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
                        .Build();
                    await _scheduler.ScheduleJob(job, [trigger], ScheduleJobOptions.Replacing, _stopping.Token);
                }
                await _scheduler.Start(_stopping.Token);
                return;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The ledger has room for a whole period more, so there is time to try again.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogNotPlanned(error.Message);
                await Task.Delay(RetryEvery, _stopping.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
            }
        }
    }

    private async ValueTask FireAsync(string name, Instant planned, CancellationToken cancellation)
    {
        try
        {
            await keepHouse(planned, cancellation);
        }
#pragma warning disable CA1031 // It comes again tomorrow; until then the log says what kept it.
        catch (Exception error) when (!cancellation.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(error);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The daily upkeep of the ledger could not be planned, and is tried again: {Problem}")]
    private partial void LogNotPlanned(string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "The daily upkeep of the ledger failed; it comes again tomorrow")]
    private partial void LogFailed(Exception error);
}
