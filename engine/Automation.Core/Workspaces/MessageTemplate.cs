using Automation.Core.Primitives;

namespace Automation.Core.Workspaces;

/// <summary>Content with placeholders for one channel. Every string in <see cref="Content"/> is a template; its fields are the channel's.</summary>
/// <param name="Version">1 for the first; files have version 1.</param>
public sealed record MessageTemplate(string Key, string Channel, PropertyBag Content, int Version = 1)
{
    public string? Name { get; init; }
}
