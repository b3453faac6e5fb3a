using System.Collections.Immutable;
using System.Text;
using Automation.Core.Deciding;
using Automation.Core.Journeys.Documents;
using Automation.Core.Journeys.Linting;
using Automation.Runtime.Approvals;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Automation.Runtime.Sweeps;
using Codes = Automation.Runtime.Definitions.DefinitionRefusedException.Codes;

namespace Automation.Runtime.Definitions;

/// <summary>
/// Saving and deleting what marketers define. A journey is saved as a draft and goes live by itself (<see cref="JourneyOperations"/>);
/// templates, segments, settings and accounts are live with their saving. Each change is a fact with its actor.
/// </summary>
public sealed class DefinitionDesk(
    IDefinitionStore definitions, ILedgerStore ledger, IEngine engine, JourneyRegistry registry, SegmentSweeps segments, DefinitionChanges changes)
{
    /// <summary>What lint knows of the world around the documents.</summary>
    public Func<LintContext> LintContext { get; set; } = static () => Core.Journeys.Linting.LintContext.DocumentsOnly;

    /// <summary>Saves a document. A draft of a journey may still have findings; anything that goes live with its saving may not.</summary>
    /// <param name="expectedRevision">The revision the editor started from; 0 for a new one.</param>
    /// <returns>The new revision, and what lint says.</returns>
    /// <exception cref="DefinitionRefusedException">Somebody saved in between, or the document cannot go live.</exception>
    public async ValueTask<(int Revision, ImmutableArray<Finding> Findings)> SaveAsync(
        string kind, string key, string document, int expectedRevision, string actor, CancellationToken cancellation = default)
    {
        var findings = Check(kind, key, document);
        var isLive = kind != DefinitionKinds.Journey;
        if (isLive && HasErrors(findings))
        {
            throw new DefinitionRefusedException(findings);
        }
        if (kind == DefinitionKinds.Segment && await segments.PublishingAsync(key, cancellation) is { } journey)
        {
            throw new DefinitionRefusedException(
                Codes.SweepUnderWay, $"Expected the publication of '{journey}' to have looked at everybody in '{key}', but it is still under way.");
        }
        var now = engine.Clock.GetCurrentInstant();
        var known = await definitions.FindAsync(kind, key, cancellation);
        var saved = new WorkspaceFact.DefinitionSaved(kind, key, 0)
        {
            Actor = actor, Looked = DocumentChanges.Between(known?.Draft ?? known?.Published, document),
        };
        var request = isLive ? null : await definitions.Approvals.FindAsync(key, cancellation);
        await changes.MakeAsync(
            [new PendingChange(kind, key, expectedRevision, saved)], now,
            async () =>
            {
                if (!await definitions.SaveDraftAsync(kind, key, document, expectedRevision, now, actor, CancellationToken.None))
                {
                    throw new DefinitionRefusedException(
                        Codes.RevisionConflict, $"Expected revision {expectedRevision} of {kind} '{key}', but somebody saved it in between.");
                }
                return isLive
                    ? [saved with { Version = await definitions.PublishAsync(kind, key, document, now, actor, CancellationToken.None) }]
                    : await definitions.Approvals.WithVoidedAsync(key, request, now, saved);
            },
            cancellation);
        if (isLive)
        {
            await registry.ReloadAsync(cancellation);
        }
        if (kind == DefinitionKinds.Segment)
        {
            await segments.OrderAsync(key, actor, cancellation);
        }
        if (kind == DefinitionKinds.Account)
        {
            // Even where nothing changed in the document: what was wrong may have been mended at the vendor.
            registry.Connectors.Renew(key);
        }
        return ((await definitions.FindAsync(kind, key, cancellation))?.Revision ?? 0, findings);
    }

    /// <exception cref="DefinitionRefusedException">It does not exist, or people are on the way in it.</exception>
    public async ValueTask DeleteAsync(string kind, string key, string actor, CancellationToken cancellation = default)
    {
        if (await definitions.FindAsync(kind, key, cancellation) is not { } known)
        {
            throw new DefinitionRefusedException(Codes.NotFound, $"Expected a {kind} '{key}', but there is none.");
        }
        if (kind == DefinitionKinds.Journey && (await ledger.StepCountsAsync(key, cancellation)).Sum(step => step.Count) is > 0 and var enrolled)
        {
            throw new DefinitionRefusedException(
                Codes.StillEnrolled, $"Expected nobody on the way in '{key}', but there are {enrolled}: archive it, or end their enrollments first.");
        }
        var deleted = new WorkspaceFact.DefinitionDeleted(kind, key)
        {
            Actor = actor, Looked = DocumentChanges.Between(known.Published ?? known.Draft, null),
        };
        var now = engine.Clock.GetCurrentInstant();
        var request = kind == DefinitionKinds.Journey ? await definitions.Approvals.FindAsync(key, cancellation) : null;
        await changes.MakeAsync(
            [new PendingChange(kind, key, 0, deleted)], now,
            async () =>
            {
                if (request is { Stands: true })
                {
                    // Kept, and void: a journey that is made again under this key begins without anybody's approval.
                    await definitions.Approvals.ChangeAsync(
                        request with { Status = ApprovalStatus.Void, End = new ApprovalWord(actor, now, "") }, request.Status, CancellationToken.None);
                }
                await definitions.DeleteAsync(kind, key, CancellationToken.None);
                return request is null ? [deleted] : await definitions.Approvals.WithVoidedAsync(key, request, now, deleted);
            },
            cancellation);
        await registry.ReloadAsync(cancellation);
    }

    /// <summary>What readers and lint say of a document, against what is published.</summary>
    public ImmutableArray<Finding> Check(string kind, string key, string document)
    {
        var bytes = Encoding.UTF8.GetBytes(document);
        var published = registry.Published;
        return kind switch
        {
            DefinitionKinds.Journey => Join(JourneyDocument.Read(bytes), journey => journey.Key, key, journey => Lint.Check(
                journey, published with { Journeys = [.. published.Journeys.Where(one => one.Key != key), journey] }, LintContext())),
            DefinitionKinds.Template => Join(
                TemplateDocument.Read(bytes), template => template.Key, key, template => Lint.Check(template, LintContext())),
            DefinitionKinds.Segment => Join(SegmentDocument.Read(bytes), segment => segment.Key, key, segment => Lint.Check(
                segment, published with { Segments = [.. published.Segments.Where(one => one.Key != key), segment] }, LintContext())),
            DefinitionKinds.Settings => Join(
                SettingsDocument.Read(bytes), static _ => null, key, settings => Lint.Check(settings, LintContext())),
            _ => [],
        };
    }

    internal static bool HasErrors(ImmutableArray<Finding> findings) => findings.Any(finding => finding.Severity == Severity.Error);

    private static ImmutableArray<Finding> Join<T>(
        Reading<T> reading, Func<T, string?> keyOf, string key, Func<T, ImmutableArray<Finding>> lint)
        where T : class
    {
        if ((reading.Value ?? reading.Partial) is not { } value)
        {
            return reading.Findings;
        }
        if (keyOf(value) is { } own && own != key)
        {
            throw new DefinitionRefusedException(Codes.KeyMismatch, $"Expected a document with the key '{key}', but its key is '{own}'.");
        }
        return [.. reading.Findings, .. lint(value)];
    }
}
