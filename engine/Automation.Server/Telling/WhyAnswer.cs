namespace Automation.Server.Telling;

/// <summary>Why somebody is where they are: the chain of decisions in plain sentences, the same for pages, programs and the command line.</summary>
/// <param name="Contact">The ledger's number.</param>
/// <param name="Name">A user id, or <c>id=42</c> for who has none.</param>
/// <param name="Answer">In a sentence or a few: what became of it, and which values decided.</param>
/// <param name="Standing">Where they stand now.</param>
/// <param name="Zone">Of the times in sentences.</param>
/// <param name="Notes">What else there is to know, as records that were dropped.</param>
/// <param name="Next">Where the chain goes on (<c>after</c>); left out at its end.</param>
internal sealed record WhyAnswer(
    long Contact, string Name, string? Journey, Guid? Message, string? Day, string Answer, string Standing, string Zone,
    IReadOnlyList<WhyDecision> Decisions, IReadOnlyList<string> Notes, long? Next);

/// <summary>What one stimulus led to.</summary>
/// <param name="At">As text in the zone.</param>
/// <param name="Because">The stimulus in words.</param>
internal sealed record WhyDecision(DateTimeOffset Time, string At, string Because, IReadOnlyList<WhyFact> Facts);

/// <param name="Sequence">The fact's place in the ledger.</param>
/// <param name="Looked">The values that were looked at, in words.</param>
internal sealed record WhyFact(
    long Sequence, string Kind, string? Reason, string? Journey, string? Step, string Sentence, IReadOnlyList<string> Looked);

/// <summary>What is asked: a journey, a message, or a day.</summary>
/// <param name="Day">As <c>2026-03-01</c>, in the workspace's zone.</param>
internal sealed record WhyQuestion(long Contact, string? Journey, Guid? Message, string? Day, long? After, int Limit);

/// <summary>The question cannot be answered: nobody or nothing is called so, or it is no question.</summary>
/// <param name="code">Stable, snake_case; those that begin with <c>unknown_</c> say that there is no such thing.</param>
internal sealed class BadQuestionException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
