using System.Collections.Concurrent;
using System.Text;
using Automation.Core.Deciding;
using Automation.Runtime.Ports;

namespace Automation.Runtime.Loop;

/// <summary>Names under which facts are counted, and those of stimuli: the kind's own name in snake case, as <c>timer_due</c>.</summary>
public static class FactNames
{
    private static readonly ConcurrentDictionary<Type, string> Kinds = new();
    private static readonly ConcurrentDictionary<(string Kind, string Reason), string> Reasoned = new();

    public static string Of(Stimulus stimulus) => Of(stimulus.GetType());

    /// <summary>The name under which a fact is counted: its kind, and its reason behind a dot where it says no. What people wrote is no name.</summary>
    public static string Counted(Fact fact) => fact.Reason is null || fact is StepFact.MessageSent or StepFact.MessageDelivered or StepFact.MessageReplayed || !TallyKey.IsCode(fact.Reason)
        ? FactJson.Kind(fact)
        : Reasoned.GetOrAdd((FactJson.Kind(fact), fact.Reason), static key => $"{key.Kind}.{key.Reason}");

    private static string Of(Type kind) => Kinds.GetOrAdd(kind, static type =>
    {
        var snake = new StringBuilder(type.Name.Length + 4);
        foreach (var letter in type.Name)
        {
            if (char.IsUpper(letter) && snake.Length > 0)
            {
                snake.Append('_');
            }
            snake.Append(char.ToLowerInvariant(letter));
        }
        return snake.ToString();
    });
}
