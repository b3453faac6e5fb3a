using System.ComponentModel.DataAnnotations;
using Automation.Storage.Personal;

namespace Automation.Storage.Postgres;

/// <summary>How a process opens a PostgreSQL store. What the store was made with stays as it is.</summary>
public sealed class PostgresOptions
{
    /// <summary>Npgsql's connection string.</summary>
    [Required]
    public string ConnectionString { get; set; } = "";

    /// <summary>How many loops may decide at once, 1 to 256. Fixed when the store is made; another number is refused afterwards. Default 8.</summary>
    [Range(1, 256)]
    public int Partitions { get; set; } = 8;

    /// <summary>Unique for each start of a process: sessions carry it, so that a successor can end them.</summary>
    public string Node { get; set; } = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}"[..^24];

    /// <summary>How long a stretch of time each table of events and of facts holds. Default a month; a day for a hundred million events a day.</summary>
    public LedgerPeriod Period { get; set; } = LedgerPeriod.Month;

    /// <summary>The ring that wraps contacts' keys, the same for every process. Without one nothing is hidden, which a store refuses that has hidden values.</summary>
    public PersonalKeyRing? PersonalKeys { get; set; }
}

public enum LedgerPeriod
{
    Day,
    Week,
    Month,
}
