using System.Collections.Immutable;
using System.Text;
using Automation.Core.Deciding;
using Automation.Core.Journeys.Documents;
using Automation.Core.Journeys.Linting;
using Automation.Core.Workspaces;
using Automation.Runtime.Definitions;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Automation.Runtime.Sweeps;
using Automation.Server.Workspaces;
using Codes = Automation.Runtime.Definitions.DefinitionRefusedException.Codes;

namespace Automation.Server.Hosting;

/// <summary>A workspace directory that cannot be published, with everything that is wrong with it.</summary>
public sealed class WorkspaceRefusedException(ImmutableArray<Finding> findings)
    : Exception($"Expected a workspace without errors, but found {findings.Count(one => one.Severity == Severity.Error)}.")
{
    public ImmutableArray<Finding> Findings { get; } = findings;
}

/// <summary>
/// Publishes a workspace directory at the start of a server: whatever differs from what is live becomes a new version, and what does not
/// is left alone, so that starting again changes nothing. What the directory does not have stays as it is. Where the workspace asks for
/// approval a journey becomes a draft and waits for people: who wrote the files is nobody who is known here.
/// </summary>
internal sealed class WorkspacePublishing(
    IDefinitionStore definitions, IEngine engine, JourneyRegistry registry, DefinitionDesk desk, JourneyOperations operations,
    SegmentSweeps segments, DefinitionChanges changes)
{
    private const string Actor = "workspace";

    private static readonly TimeSpan WaitForSweep = TimeSpan.FromMilliseconds(200);

    /// <returns>Why journeys stayed drafts.</returns>
    public async Task<IReadOnlyList<string>> PublishAsync(string directory, CancellationToken cancellation)
    {
        var loaded = WorkspaceFiles.Load(directory);
        var findings = loaded.Lint(desk.LintContext());
        if (loaded.Workspace is not { } workspace || findings.Any(one => one.Severity == Severity.Error))
        {
            throw new WorkspaceRefusedException(findings);
        }
        await SaveAsync(workspace, cancellation);
        var left = new List<string>();
        foreach (var journey in workspace.Journeys)
        {
            try
            {
                await PublishAsync(journey.Key, Text(JourneyDocument.Write(journey)), cancellation);
            }
            catch (DefinitionRefusedException refusal) when (refusal.Code is Codes.ApprovalRequired or Codes.ApprovalStale or Codes.ApprovalDiffers)
            {
                left.Add(refusal.Message);
            }
        }
        return left;
    }

    private static IEnumerable<(string Kind, string Key, string Document)> Live(Workspace workspace) =>
    [
        (DefinitionKinds.Settings, DefinitionKinds.SettingsKey, Text(SettingsDocument.Write(workspace.Settings))),
        .. workspace.Segments.Select(one => (DefinitionKinds.Segment, one.Key, Text(SegmentDocument.Write(one)))),
        .. workspace.Templates.Select(one => (DefinitionKinds.Template, one.Key, Text(TemplateDocument.Write(one)))),
    ];

    /// <summary>One note, one commit of facts and one reading of everything for all that is live with its saving, instead of one for each.</summary>
    private async ValueTask SaveAsync(Workspace workspace, CancellationToken cancellation)
    {
        var pending = new List<PendingChange>();
        var documents = new List<string>();
        foreach (var (kind, key, document) in Live(workspace))
        {
            var known = await definitions.FindAsync(kind, key, cancellation);
            if (known?.Published == document)
            {
                continue;
            }
            while (kind == DefinitionKinds.Segment && await segments.PublishingAsync(key, cancellation) is not null)
            {
                // An earlier process's publication looks at who is in it; its sweep goes on beside this start and ends.
                await Task.Delay(WaitForSweep, cancellation);
            }
            pending.Add(new PendingChange(kind, key, known?.Revision ?? 0, new WorkspaceFact.DefinitionSaved(kind, key, 0)
            {
                Actor = Actor, Looked = DocumentChanges.Between(known?.Published, document),
            }));
            documents.Add(document);
        }
        if (pending.Count == 0)
        {
            return;
        }
        var now = engine.Clock.GetCurrentInstant();
        await changes.MakeAsync(
            pending, now,
            async () =>
            {
                var saved = new List<WorkspaceFact>();
                foreach (var ((kind, key, _, fact), document) in pending.Zip(documents))
                {
                    var version = await definitions.PublishAsync(kind, key, document, now, Actor, CancellationToken.None);
                    saved.Add((WorkspaceFact.DefinitionSaved)fact with { Version = version });
                }
                return saved;
            },
            cancellation);
        await registry.ReloadAsync(cancellation);
        foreach (var segment in pending.Where(one => one.Kind == DefinitionKinds.Segment))
        {
            await segments.OrderAsync(segment.Key, Actor, cancellation);
        }
    }

    private async ValueTask PublishAsync(string key, string document, CancellationToken cancellation)
    {
        var known = await definitions.FindAsync(DefinitionKinds.Journey, key, cancellation);
        if (known?.Published == document && !JourneyState.Read(known.State).IsArchived)
        {
            return;
        }
        if (known?.Draft != document)
        {
            await desk.SaveAsync(DefinitionKinds.Journey, key, document, known?.Revision ?? 0, Actor, cancellation);
        }
        await operations.PublishAsync(key, InFlightChoice.Stay, countExisting: false, Actor, cancellation);
    }

    private static string Text(byte[] document) => Encoding.UTF8.GetString(document);
}
