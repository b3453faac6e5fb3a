using System.Text.Json;
using Automation.Core.Deciding;
using Automation.Runtime.Approvals;
using Automation.Runtime.Ports;

namespace Automation.Server.Api;

/// <summary>Whether publishing needs somebody else's approval.</summary>
internal enum ApprovalNeed
{
    None,
    Required,
}

internal sealed record ApprovalSettingAnswer(ApprovalNeed Approval)
{
    public static ApprovalSettingAnswer Of(string value) => new(value == ApprovalSetting.Required ? ApprovalNeed.Required : ApprovalNeed.None);
}

/// <param name="Number">Counts the journey's requests.</param>
/// <param name="Hash">SHA-256 of the document that it is about.</param>
/// <param name="InFlight">Asked for and approved with the content, as is <paramref name="CountExisting"/>.</param>
/// <param name="Decision">What was written with an approval or a rejection.</param>
/// <param name="EndedBy">Who withdrew it, made it void, or published it.</param>
internal sealed record ApprovalRequest(
    int Number, ApprovalStatus Status, string Hash, InFlightChoice InFlight, bool CountExisting, string AskedBy, DateTimeOffset AskedAt, string Comment,
    string? DecidedBy, DateTimeOffset? DecidedAt, string? Decision, string? EndedBy, DateTimeOffset? EndedAt)
{
    public static ApprovalRequest Of(Approval one) => new(
        one.Number, one.Status, one.Hash, one.InFlight, one.CountExisting, one.Asked.By, one.Asked.At.ToDateTimeOffset(), one.Asked.Comment,
        one.Decision?.By, one.Decision?.At.ToDateTimeOffset(), one.Decision?.Comment, one.End?.By, one.End?.At.ToDateTimeOffset());
}

/// <param name="Approval">The workspace's setting.</param>
/// <param name="Request">The last one; left out where nobody ever asked.</param>
/// <param name="Document">What the request is about, while it stands; for who decides to look at.</param>
/// <param name="EditedBy">Who changed the draft since the last publication; they do not decide.</param>
/// <param name="MayDecide">Whether the caller may approve or reject it now.</param>
/// <param name="WhyNot">Why not, where only who they are is in the way.</param>
/// <param name="IsOwn">Whether the caller may withdraw it.</param>
internal sealed record ApprovalAnswer(
    ApprovalNeed Approval, ApprovalRequest? Request, JsonElement? Document, IReadOnlyList<DraftEditAnswer> EditedBy, bool MayDecide, string? WhyNot, bool IsOwn);

internal sealed record DraftEditAnswer(string By, DateTimeOffset At);

/// <param name="Version">The version that was published with it; left out where it was only approved.</param>
/// <param name="Revision">The journey's, after it was published.</param>
internal sealed record ApprovedAnswer(ApprovalRequest Request, int? Version, int? Revision);

/// <summary>A request as lists show it.</summary>
internal sealed record ApprovalBrief(int Number, ApprovalStatus Status, string AskedBy, DateTimeOffset AskedAt)
{
    /// <summary>Null where there is nothing to do about it.</summary>
    public static ApprovalBrief? Of(Approval? one, Definition about) =>
        one is { Stands: true } || (one is { Status: ApprovalStatus.Rejected } && about.Draft is { } draft && one.Hash == Approval.HashOf(draft))
            ? new ApprovalBrief(one.Number, one.Status, one.Asked.By, one.Asked.At.ToDateTimeOffset())
            : null;
}
