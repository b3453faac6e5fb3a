using System.Collections.Immutable;
using Automation.Core.Journeys;

namespace Automation.Core.Workspaces;

/// <summary>Everything marketers define, as documents: what <c>init</c> writes and <c>lint</c> and <c>simulate</c> read.</summary>
public sealed record Workspace(
    WorkspaceSettings Settings,
    ImmutableArray<Journey> Journeys,
    ImmutableArray<MessageTemplate> Templates,
    ImmutableArray<Segment> Segments);
