using Automation.Core.Steps;

namespace Automation.Core.Journeys.Documents;

/// <summary>The words of <c>on_failure</c>; going to a step is an object of its own.</summary>
internal static class FailureWords
{
    public static readonly (string, FailureAction)[] All =
        [("continue", FailureAction.Continue), ("exit", FailureAction.Exit), ("stuck", FailureAction.Stuck)];
}
