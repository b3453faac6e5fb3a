namespace Automation.Server.Cli;

/// <summary>What the program tells the shell that called it.</summary>
internal static class ExitCodes
{
    /// <summary>It ran and has nothing to complain about.</summary>
    public const int Fine = 0;

    /// <summary>It ran and found something: a lint finding, a broken row, rejected lines.</summary>
    public const int Findings = 1;

    /// <summary>It could not run: a wrong option, a missing directory, a database in use.</summary>
    public const int CouldNotRun = 2;
}
