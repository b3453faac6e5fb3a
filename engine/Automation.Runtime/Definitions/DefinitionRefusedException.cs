using System.Collections.Immutable;
using Automation.Core.Journeys.Linting;

namespace Automation.Runtime.Definitions;

/// <summary>A change of a definition that does not apply. Nothing was written.</summary>
public sealed class DefinitionRefusedException : Exception
{
    public DefinitionRefusedException(string code, string message)
        : base(message) => Code = code;

    public DefinitionRefusedException(ImmutableArray<Finding> findings)
        : base(findings.IsEmpty ? "Expected a sound document, but it is not." : findings[0].Message)
    {
        Code = Codes.Findings;
        Findings = findings;
    }

    /// <summary>One of <see cref="Codes"/>.</summary>
    public string Code { get; }

    /// <summary>What is wrong with the document, for <see cref="Codes.Findings"/>.</summary>
    public ImmutableArray<Finding> Findings { get; } = [];

    /// <summary>Stable.</summary>
    public static class Codes
    {
        public const string Findings = "findings";
        public const string NotFound = "not_found";
        public const string RevisionConflict = "revision_conflict";
        public const string KeyMismatch = "key_mismatch";
        public const string NotPublished = "not_published";
        public const string AlreadyPaused = "already_paused";
        public const string NotPaused = "not_paused";
        public const string StillEnrolled = "still_enrolled";
        public const string SweepUnderWay = "sweep_under_way";
        public const string AlreadyHeld = "already_held";
        public const string NotHeld = "not_held";
        public const string PreviewOutdated = "preview_outdated";
        public const string NothingToDo = "nothing_to_do";

        /// <summary>Nobody approved what is to be published.</summary>
        public const string ApprovalRequired = "approval_required";

        /// <summary>What was approved, or was to be, is not what the draft says now.</summary>
        public const string ApprovalStale = "approval_stale";

        /// <summary>It is approved, but to be published otherwise than it was approved.</summary>
        public const string ApprovalDiffers = "approval_differs";

        /// <summary>Whoever asked, or changed the draft, does not decide about it.</summary>
        public const string OwnApproval = "own_approval";

        /// <summary>Another request stands.</summary>
        public const string ApprovalStands = "approval_stands";

        /// <summary>The request was decided about or withdrawn already.</summary>
        public const string ApprovalEnded = "approval_ended";

        /// <summary>The workspace does not ask for approval.</summary>
        public const string ApprovalOff = "approval_off";
    }
}
