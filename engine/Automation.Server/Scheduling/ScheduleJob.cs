using NodaTime;
using Quartz;
using Quartz.Extensibility;

namespace Automation.Server.Scheduling;

/// <summary>
/// A calendar's moment has come: the journey's sweep is ordered with the time it was planned for. The sweep is durable once it is
/// ordered, and a contact is asked once for one planned time, so that firing twice after a crash changes nothing.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class ScheduleJob(Func<string, Instant, CancellationToken, ValueTask> fire) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var planned = context.ScheduledFireTimeUtc ?? context.FireTimeUtc;
        await fire(context.JobDetail.Key.Name, Instant.FromDateTimeOffset(planned), cancellationToken);
    }
}

/// <summary>Gives Quartz its jobs.</summary>
internal sealed class ScheduleJobs(Func<string, Instant, CancellationToken, ValueTask> fire) : IJobFactory
{
    public ValueTask<JobScope> CreateJob(TriggerFiredBundle bundle, IScheduler scheduler, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new JobScope(new ScheduleJob(fire), null));

    public ValueTask ReturnJob(JobScope scope, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
