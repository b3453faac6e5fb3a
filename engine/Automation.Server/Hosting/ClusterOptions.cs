using Automation.Bus.Rabbit;
using Automation.Storage.Personal;
using Automation.Storage.Postgres;

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

    /// <summary>How long a stretch of time each table of events and facts holds; what is kept ends at the end of one.</summary>
    public LedgerPeriod Period { get; init; } = LedgerPeriod.Month;

    /// <summary>Unique for each start of a process.</summary>
    public string Node { get; init; } = NewNode();

    /// <summary>The key of accounts' secrets, the same for every process. Null: of the data directory, which then is one for all.</summary>
    public byte[]? SecretKey { get; init; }

    /// <summary>The ring that wraps contacts' keys, the same for every process.</summary>
    public PersonalKeyRing? PersonalKeys { get; init; }

    /// <summary>As it stands in the table of nodes.</summary>
    public string RoleNames => RoleNamesWithout(NodeRoles.None);

    /// <summary>The same, when it does one of them no more.</summary>
    public string RoleNamesWithout(NodeRoles left) => string.Join(
        ',', Enum.GetValues<NodeRoles>()
            .Where(role => role is NodeRoles.Api or NodeRoles.Worker or NodeRoles.Dispatcher && Roles.HasFlag(role) && role != left)
            .Select(role => role.ToString().ToLowerInvariant()));

    private static string NewNode()
    {
        var host = new string([.. Environment.MachineName.Where(char.IsAsciiLetterOrDigit).Take(12)]);
        return $"{host}-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..6]}";
    }
}
