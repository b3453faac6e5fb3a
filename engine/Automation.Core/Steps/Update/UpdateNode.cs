using System.Collections.Immutable;
using Automation.Core.Primitives;

namespace Automation.Core.Steps.Update;

/// <summary>Changes the contact's attributes and tags. Strings in <see cref="Set"/> are templates.</summary>
public sealed record UpdateNode(
    string Id,
    PropertyBag Set,
    ImmutableArray<string> Unset,
    ImmutableArray<string> AddTags,
    ImmutableArray<string> RemoveTags,
    string? Next) : StepNode(Id)
{
    public override string Type => "update";
}
