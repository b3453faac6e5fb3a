using Automation.Core.Deciding;
using Automation.Runtime.Definitions;
using Automation.Runtime.Ports;
using Codes = Automation.Runtime.Definitions.DefinitionRefusedException.Codes;

namespace Automation.Runtime.Approvals;

/// <summary>
/// Says on whose approval a publication stands, or in words why it may not be made. The store looks again in the transaction that
/// publishes (<see cref="ApprovalSetting.Admits"/>), so what is said here is for people and what is done there is for safety.
/// </summary>
internal sealed class ApprovalGate(IDefinitionStore definitions, JourneyRegistry registry)
{
    private readonly ApprovalWords _words = new(registry);

    public async ValueTask<bool> IsRequiredAsync(CancellationToken cancellation) =>
        ApprovalSetting.Read(await definitions.FindAsync(ApprovalSetting.Kind, ApprovalSetting.Key, cancellation)) == ApprovalSetting.Required;

    /// <returns>The approval that covers it; null where none does and none is needed.</returns>
    /// <exception cref="DefinitionRefusedException">The workspace asks for approval, and there is none for exactly this.</exception>
    public async ValueTask<Approval?> AdmitAsync(
        string journey, string document, InFlightChoice inFlight, bool countExisting, CancellationToken cancellation)
    {
        var last = await definitions.Approvals.FindAsync(journey, cancellation);
        var isAsApproved = last?.InFlight == inFlight && last.CountExisting == countExisting;
        if (last?.Covers(document) == true && isAsApproved)
        {
            return last;
        }
        return await IsRequiredAsync(cancellation) ? throw Refusal(journey, document, last) : null;
    }

    /// <summary>Why the store did not publish what had been admitted.</summary>
    public async ValueTask<DefinitionRefusedException> WhyNotAsync(
        string journey, string document, int revision, InFlightChoice inFlight, bool countExisting, CancellationToken cancellation)
    {
        try
        {
            _ = await AdmitAsync(journey, document, inFlight, countExisting, cancellation);
            return new DefinitionRefusedException(
                Codes.RevisionConflict, $"Expected revision {revision} of journey '{journey}', but somebody saved or published it in between.");
        }
        catch (DefinitionRefusedException refusal)
        {
            return refusal;
        }
    }

    private DefinitionRefusedException Refusal(string journey, string document, Approval? last)
    {
        if (last is { Status: ApprovalStatus.Void, End: { } end })
        {
            var (word, did) = last.Decision is { } decided ? (decided, "approved") : (last.Asked, "asked to have approved");
            return new DefinitionRefusedException(
                Codes.ApprovalStale,
                $"Expected the draft that {ApprovalWords.Who(word.By)} {did} at {_words.Of(word.At)}, but it was changed by {_words.Of(end)}: ask for approval again.");
        }
        if (last is { Status: ApprovalStatus.Approved, Decision: { } given })
        {
            return last.Covers(document)
                ? new DefinitionRefusedException(
                    Codes.ApprovalDiffers,
                    $"Expected in_flight {Name(last.InFlight)} and count_existing {Name(last.CountExisting)}, as {_words.Of(given)} approved it, but found other choices.")
                : new DefinitionRefusedException(
                    Codes.ApprovalStale, $"Expected the draft that {ApprovalWords.Who(given.By)} approved at {_words.Of(given.At)}, but this is another one.");
        }
        var what = last switch
        {
            null or { Status: ApprovalStatus.Published } => "nobody asked for approval yet",
            _ => _words.EndOf(last),
        };
        return new DefinitionRefusedException(Codes.ApprovalRequired, $"Expected a draft of '{journey}' that somebody else approved, but {what}.");
    }

    private static string Name(InFlightChoice choice) => choice switch
    {
        InFlightChoice.Move => "move",
        InFlightChoice.Exit => "exit",
        _ => "stay",
    };

    private static string Name(bool value) => value ? "true" : "false";
}
