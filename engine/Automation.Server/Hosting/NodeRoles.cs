namespace Automation.Server.Hosting;

/// <summary>What a process does of the whole. Every process also answers health checks and keeps definitions in memory.</summary>
[Flags]
internal enum NodeRoles
{
    None = 0,

    /// <summary>Takes events and commands in, and shows everything.</summary>
    Api = 1,

    /// <summary>Owns partitions and decides; fires calendars.</summary>
    Worker = 2,

    /// <summary>Brings messages to vendors.</summary>
    Dispatcher = 4,

    All = Api | Worker | Dispatcher,
}
