using System.Collections.Immutable;
using NodaTime;

namespace Automation.Core.Steps.Send;

/// <summary>Sends one message, and tries other ways while it does not arrive.</summary>
/// <param name="Account">Configured connector; the workspace's account for the channel when null.</param>
/// <param name="Quota">Contact quota of which the message takes one unit; none when null.</param>
/// <param name="OnFailure">What happens when neither it nor a fallback can be sent.</param>
public sealed record SendNode(
    string Id,
    string Channel,
    string? Account,
    string Template,
    string? Quota,
    ImmutableArray<SendFallback> Fallback,
    FailurePolicy OnFailure,
    string? Next) : StepNode(Id)
{
    public override string Type => "send";
}

/// <summary>The next way to try.</summary>
/// <param name="After">How long the way before it has to be delivered; it is tried at once when that way fails or is refused.</param>
public sealed record SendFallback(string Channel, string? Account, string Template, string? Quota, Duration After);
