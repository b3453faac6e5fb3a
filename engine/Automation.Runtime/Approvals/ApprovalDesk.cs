using Automation.Core.Deciding;
using Automation.Runtime.Definitions;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Codes = Automation.Runtime.Definitions.DefinitionRefusedException.Codes;

namespace Automation.Runtime.Approvals;

/// <summary>
/// Four eyes: one person asks to have a journey published, another one approves it or sends it back. A request is about one content, and
/// whoever changed that content since the last publication does not decide about it. Each step is a fact.
/// </summary>
public sealed class ApprovalDesk(IDefinitionStore definitions, IEngine engine, JourneyRegistry registry, DefinitionDesk desk, DefinitionChanges changes)
{
    private readonly ApprovalGate _gate = new(definitions, registry);
    private readonly ApprovalWords _words = new(registry);

    private IApprovalStore Approvals => definitions.Approvals;

    public async ValueTask<string> SettingAsync(CancellationToken cancellation = default) =>
        await _gate.IsRequiredAsync(cancellation) ? ApprovalSetting.Required : ApprovalSetting.None;

    /// <param name="value"><see cref="ApprovalSetting.None"/> or <see cref="ApprovalSetting.Required"/>.</param>
    public async ValueTask SetAsync(string value, string actor, CancellationToken cancellation = default)
    {
        var known = await definitions.FindAsync(ApprovalSetting.Kind, ApprovalSetting.Key, cancellation);
        var before = ApprovalSetting.Read(known);
        if (before == value)
        {
            return;
        }
        var now = engine.Clock.GetCurrentInstant();
        var set = new WorkspaceFact.ApprovalWasSet(before, value) { Actor = actor };
        await changes.MakeAsync(
            ApprovalSetting.Kind, ApprovalSetting.Key, known?.Revision ?? 0, set, now,
            async () =>
            {
                await definitions.PublishAsync(ApprovalSetting.Kind, ApprovalSetting.Key, ApprovalSetting.Write(value), now, actor, CancellationToken.None);
                return set;
            },
            cancellation);
    }

    /// <summary>Asks to have the draft published as it is now, or, where there is no draft, the live version once more.</summary>
    /// <param name="revision">The revision that the asker looked at; null for the one that stands.</param>
    public async ValueTask<Approval> AskAsync(
        string key, int? revision, InFlightChoice inFlight, bool countExisting, string comment, string actor, CancellationToken cancellation = default)
    {
        var definition = await definitions.FindAsync(DefinitionKinds.Journey, key, cancellation)
            ?? throw new DefinitionRefusedException(Codes.NotFound, $"Expected a journey '{key}', but there is none.");
        var document = definition.Draft ?? definition.Published
            ?? throw new DefinitionRefusedException(Codes.NotFound, $"Expected a draft of '{key}', but there is none.");
        if (!await _gate.IsRequiredAsync(cancellation))
        {
            throw new DefinitionRefusedException(Codes.ApprovalOff, "Expected a workspace that asks for approval, but this one does not: publish it.");
        }
        if (revision is { } seen && seen != definition.Revision)
        {
            throw Outdated(key, seen);
        }
        var findings = desk.Check(DefinitionKinds.Journey, key, document);
        if (DefinitionDesk.HasErrors(findings))
        {
            throw new DefinitionRefusedException(findings);
        }
        var last = await Approvals.FindAsync(key, cancellation);
        RequireNone(key, last);
        var now = engine.Clock.GetCurrentInstant();
        var request = new Approval(
            key, (last?.Number ?? 0) + 1, ApprovalStatus.Open, Approval.HashOf(document), inFlight, countExisting, new ApprovalWord(actor, now, comment), null, null);
        await MakeAsync(
            request,
            new WorkspaceFact.ApprovalAsked(key, request.Number, request.Hash, inFlight, countExisting)
            {
                Actor = actor, Reason = ReasonOf(comment), Looked = DocumentChanges.Between(definition.Published, document),
            },
            request.Asked,
            async () =>
            {
                if (!await Approvals.AskAsync(request, definition.Revision, CancellationToken.None))
                {
                    RequireNone(key, await Approvals.FindAsync(key, CancellationToken.None));
                    throw Outdated(key, definition.Revision);
                }
            },
            cancellation);
        return request;
    }

    /// <param name="number">The request that the decider looked at.</param>
    /// <exception cref="DefinitionRefusedException">It does not wait any more, or is the decider's own.</exception>
    public async ValueTask<Approval> ApproveAsync(string key, int number, string comment, string actor, CancellationToken cancellation = default)
    {
        var request = await OpenAsync(key, number, actor, cancellation);
        var approved = request with { Status = ApprovalStatus.Approved, Decision = new ApprovalWord(actor, engine.Clock.GetCurrentInstant(), comment) };
        await ChangeAsync(
            request, approved, new WorkspaceFact.ApprovalGiven(key, number, request.Hash, request.Asked.By) { Actor = actor, Reason = ReasonOf(comment) },
            approved.Decision, cancellation);
        return approved;
    }

    /// <param name="comment">What is to be mended.</param>
    public async ValueTask<Approval> RejectAsync(string key, int number, string comment, string actor, CancellationToken cancellation = default)
    {
        var request = await OpenAsync(key, number, actor, cancellation);
        var rejected = request with { Status = ApprovalStatus.Rejected, Decision = new ApprovalWord(actor, engine.Clock.GetCurrentInstant(), comment) };
        await ChangeAsync(
            request, rejected, new WorkspaceFact.ApprovalRejected(key, number, request.Hash, request.Asked.By) { Actor = actor, Reason = ReasonOf(comment) },
            rejected.Decision, cancellation);
        return rejected;
    }

    /// <summary>Whoever asked takes it back, while it waits or after it was approved.</summary>
    public async ValueTask<Approval> WithdrawAsync(string key, int number, string actor, CancellationToken cancellation = default)
    {
        var request = await StandingAsync(key, number, cancellation);
        if (!await IsSameAsync(request.Asked.By, actor, cancellation))
        {
            throw new DefinitionRefusedException(
                Codes.OwnApproval, $"Expected {ApprovalWords.Who(request.Asked.By)}, who asked, to withdraw the request, but this is {ApprovalWords.Who(actor)}: reject it instead.");
        }
        var withdrawn = request with { Status = ApprovalStatus.Withdrawn, End = new ApprovalWord(actor, engine.Clock.GetCurrentInstant(), "") };
        await ChangeAsync(request, withdrawn, new WorkspaceFact.ApprovalWithdrawn(key, number, request.Hash) { Actor = actor }, withdrawn.End, cancellation);
        return withdrawn;
    }

    /// <summary>Why somebody may not decide about a request; null when they may.</summary>
    public async ValueTask<DefinitionRefusedException?> WhyNotAsync(Approval request, string actor, CancellationToken cancellation = default)
    {
        if (await IsSameAsync(request.Asked.By, actor, cancellation))
        {
            return new DefinitionRefusedException(
                Codes.OwnApproval,
                $"Expected somebody other than who asked, but {ApprovalWords.Who(request.Asked.By)} asked at {_words.Of(request.Asked.At)}{Behind(request.Asked.By, actor)}.");
        }
        foreach (var edit in await Approvals.EditsAsync(request.Journey, cancellation))
        {
            if (await IsSameAsync(edit.Actor, actor, cancellation))
            {
                return new DefinitionRefusedException(
                    Codes.OwnApproval,
                    $"Expected somebody who did not change this draft, but {ApprovalWords.Who(edit.Actor)} changed it at {_words.Of(edit.At)}{Behind(edit.Actor, actor)}.");
            }
        }
        return null;
    }

    /// <summary>Whether two actors are one person, by name or by a key that one of them made.</summary>
    public async ValueTask<bool> IsSameAsync(string one, string other, CancellationToken cancellation = default) =>
        (await Persons.BehindAsync(definitions, one, cancellation)).Overlaps(await Persons.BehindAsync(definitions, other, cancellation));

    private static string Behind(string known, string actor) => known == actor ? "" : $", and {ApprovalWords.Who(actor)} is the same person by a key";

    private static string? ReasonOf(string comment) => comment.Length == 0 ? null : comment;

    private static DefinitionRefusedException Outdated(string key, int revision) =>
        new(Codes.RevisionConflict, $"Expected revision {revision} of journey '{key}', but somebody saved it in between.");

    private void RequireNone(string key, Approval? last)
    {
        if (last is { Stands: true })
        {
            throw new DefinitionRefusedException(Codes.ApprovalStands, $"Expected no other request for '{key}', but there is number {last.Number}: {_words.EndOf(last)}.");
        }
    }

    private async ValueTask<Approval> OpenAsync(string key, int number, string actor, CancellationToken cancellation)
    {
        var request = await StandingAsync(key, number, cancellation);
        if (request.Status != ApprovalStatus.Open)
        {
            throw Ended(key, number, request);
        }
        return await WhyNotAsync(request, actor, cancellation) is { } refusal ? throw refusal : request;
    }

    private async ValueTask<Approval> StandingAsync(string key, int number, CancellationToken cancellation)
    {
        var last = await Approvals.FindAsync(key, cancellation);
        return last?.Number == number && last.Stands ? last : throw Ended(key, number, last);
    }

    private DefinitionRefusedException Ended(string key, int number, Approval? last) => last switch
    {
        null => new(Codes.NotFound, $"Expected a request {number} for '{key}', but nobody asked for approval."),
        { Status: ApprovalStatus.Void, End: { } end } when last.Number == number => new(
            Codes.ApprovalStale, $"Expected the draft that {ApprovalWords.Who(last.Asked.By)} asked about at {_words.Of(last.Asked.At)}, but it was changed by {_words.Of(end)}."),
        _ when last.Number == number => new(Codes.ApprovalEnded, $"Expected request {number} for '{key}' to wait, but {_words.EndOf(last)}."),
        _ when number < last.Number => new(Codes.ApprovalEnded, $"Expected the latest request for '{key}', but {number} is followed by {last.Number}: look at that one."),
        _ => new(Codes.NotFound, $"Expected a request {number} for '{key}', but there are only {last.Number}."),
    };

    private Task ChangeAsync(Approval from, Approval to, WorkspaceFact fact, ApprovalWord word, CancellationToken cancellation) => MakeAsync(
        from, fact, word,
        async () =>
        {
            if (!await Approvals.ChangeAsync(to, from.Status, CancellationToken.None))
            {
                // Somebody else was a moment earlier; their word holds, and this one was never said.
                throw Ended(from.Journey, from.Number, await Approvals.FindAsync(from.Journey, CancellationToken.None));
            }
        },
        cancellation);

    private async Task MakeAsync(Approval request, WorkspaceFact fact, ApprovalWord word, Func<ValueTask> make, CancellationToken cancellation) =>
        await changes.MakeAsync(
            ApprovalTraces.Kind, request.Journey, request.Number, fact, word.At,
            async () =>
            {
                await make();
                return fact;
            },
            cancellation);
}
