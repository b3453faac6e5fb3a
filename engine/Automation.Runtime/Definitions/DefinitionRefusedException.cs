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
    }
}
