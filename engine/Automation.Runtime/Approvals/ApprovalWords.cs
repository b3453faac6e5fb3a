using Automation.Runtime.Definitions;
using Automation.Runtime.Ports;
using NodaTime;
using NodaTime.Text;

namespace Automation.Runtime.Approvals;

/// <summary>Names and times of approvals as people read them in an error: <c>li at 2026-11-22 10:03</c>, in the workspace's zone.</summary>
internal sealed class ApprovalWords(JourneyRegistry registry)
{
    private const string PersonPrefix = "user:";
    private static readonly LocalDateTimePattern Pattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");

    public string Of(ApprovalWord word) => $"{Who(word.By)} at {Of(word.At)}";

    public string Of(Instant at)
    {
        var zones = DateTimeZoneProviders.Tzdb;
        return Pattern.Format(at.InZone(zones.GetZoneOrNull(registry.Journeys.Settings.TimeZone) ?? DateTimeZone.Utc).LocalDateTime);
    }

    public static string Who(string actor) => actor.StartsWith(PersonPrefix, StringComparison.Ordinal) ? actor[PersonPrefix.Length..] : actor;

    /// <summary>What has become of a request that does not stand any more, or of the one it was taken for.</summary>
    public string EndOf(Approval request) => request switch
    {
        { Status: ApprovalStatus.Approved, Decision: { } given } => $"{Who(given.By)} approved it at {Of(given.At)}",
        { Status: ApprovalStatus.Rejected, Decision: { } rejected } => $"{Who(rejected.By)} rejected it at {Of(rejected.At)} ('{rejected.Comment}')",
        { Status: ApprovalStatus.Withdrawn, End: { } end } => $"{Who(end.By)} withdrew it at {Of(end.At)}",
        { Status: ApprovalStatus.Published, End: { } end } => $"{Who(end.By)} published it at {Of(end.At)}",
        { Status: ApprovalStatus.Void, End: { } end } => $"it was changed by {Of(end)}",
        _ => $"{Who(request.Asked.By)} asked at {Of(request.Asked.At)}, and nobody decided yet",
    };
}
