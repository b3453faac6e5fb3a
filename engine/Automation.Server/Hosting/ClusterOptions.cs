using Automation.Bus.Rabbit;

namespace Automation.Server.Hosting;

/// <summary>What a process needs to be one of several.</summary>
internal sealed record ClusterOptions
{
    public NodeRoles Roles { get; init; } = NodeRoles.All;

    /// <summary>Npgsql's connection string.</summary>
    public required string Postgres { get; init; }

    public required RabbitOptions Rabbit { get; init; }

    /// <summary><c>host:port</c>, or null for limits and counters of each process by itself.</summary>
    public string? Redis { get; init; }

    /// <summary>Fixed when the store is made.</summary>
    public int Partitions { get; init; } = 8;

    /// <summary>Unique for each start of a process.</summary>
    public string Node { get; init; } = NewNode();

    /// <summary>The key of accounts' secrets, the same for every process. Null: of the data directory, which then is one for all.</summary>
    public byte[]? SecretKey { get; init; }

    /// <summary>As it stands in the table of nodes.</summary>
    public string RoleNames => string.Join(
        ',', Enum.GetValues<NodeRoles>().Where(role => role is NodeRoles.Api or NodeRoles.Worker or NodeRoles.Dispatcher && Roles.HasFlag(role))
            .Select(role => role.ToString().ToLowerInvariant()));

    private static string NewNode()
    {
        var host = new string([.. Environment.MachineName.Where(char.IsAsciiLetterOrDigit).Take(12)]);
        return $"{host}-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..6]}";
    }
}
