using System.Collections.Immutable;
using Automation.Core.Templates;
using Automation.Core.Workspaces;

namespace Automation.Core.Journeys.Linting;

/// <summary>Which of a workspace's documents.</summary>
public enum DocumentKind
{
    Settings,
    Journey,
    Template,
    Segment,
}

/// <summary>What lint knows of the world around the documents. What is null is not known, and then nothing is called unknown.</summary>
public sealed record LintContext
{
    /// <summary>Checks the documents against one another only.</summary>
    public static readonly LintContext DocumentsOnly = new();

    /// <summary>By channel key, from the connectors' manifests.</summary>
    public ImmutableDictionary<string, ChannelFacts>? Channels { get; init; }

    /// <summary>By account key: the channels it speaks.</summary>
    public ImmutableDictionary<string, ImmutableHashSet<string>>? Accounts { get; init; }

    /// <summary>What events carry, where some are at hand.</summary>
    public SeenNames? Seen { get; init; }

    /// <summary>The language of the placeholders.</summary>
    public ITemplateLanguage Language { get; init; } = Scriban.Language;

    /// <summary>What a document is called in findings, by its place in the workspace; kind and key when null.</summary>
    public Func<DocumentKind, int, string>? NameOf { get; init; }

    /// <summary>False when some templates or segments could not be read, so that a missing one is no finding.</summary>
    public bool ReferencesAreKnown { get; init; } = true;

    internal string Name(DocumentKind kind, int index, Workspace workspace) => NameOf?.Invoke(kind, index) ?? kind switch
    {
        DocumentKind.Journey => $"journeys/{workspace.Journeys[index].Key}",
        DocumentKind.Template => $"templates/{workspace.Templates[index].Key}",
        DocumentKind.Segment => $"segments/{workspace.Segments[index].Key}",
        _ => "workspace",
    };
}

/// <summary>What a channel's messages look like.</summary>
/// <param name="ContentFields">Fields that a message may have; null when it may have any. <c>text</c> is always allowed.</param>
public sealed record ChannelFacts(ImmutableHashSet<string>? ContentFields);
