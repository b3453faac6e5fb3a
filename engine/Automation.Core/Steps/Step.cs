using Automation.Core.Contacts;
using Automation.Core.Deciding;

namespace Automation.Core.Steps;

/// <summary>Where an enrollment goes after a step: on, nowhere (it waits there), or out (it has ended).</summary>
internal readonly record struct Move(MoveKind Kind, string? Next)
{
    /// <summary>It waits at the step.</summary>
    public static readonly Move Stay = new(MoveKind.Stay, null);

    /// <summary>The step ended the enrollment itself.</summary>
    public static readonly Move Ended = new(MoveKind.Ended, null);

    /// <summary>On to the next step; null completes the journey.</summary>
    public static Move To(string? next) => new(MoveKind.To, next);
}

internal enum MoveKind
{
    Stay,
    To,
    Ended,
}

/// <summary>
/// What a step does. <see cref="Enter"/> when a contact arrives; <see cref="WakeUp"/> when the time it asked for has come. Both
/// record facts and say where to go; they keep nothing.
/// </summary>
internal abstract class Step(string id)
{
    public string Id { get; } = id;

    /// <summary>Where people skip to, and where a contact goes that has nothing more to do here.</summary>
    public abstract string? Next { get; }

    public abstract Move Enter(Turn turn, in Place here);

    public virtual Move WakeUp(Turn turn, Enrollment enrollment, in Place here) => Enter(turn, here);
}

/// <summary>One enrollment at one visit of one step: the head of every fact the step records.</summary>
internal readonly record struct Place(string Journey, int Version, int Ordinal, string Step, int Visit)
{
    public static Place Of(Enrollment enrollment) =>
        new(enrollment.Journey, enrollment.Version, enrollment.Ordinal, enrollment.Step, enrollment.Visit);
}
