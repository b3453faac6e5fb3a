using System.CommandLine;

namespace Automation.Server.Cli.Audit;

/// <summary>Where a question to the ledger goes: to a store on disk or in PostgreSQL, or to a server that runs.</summary>
internal sealed class AuditOptions
{
    public Option<string> Data { get; } = Options.Data();

    public Option<string?> Postgres { get; } = Options.Postgres();

    public Option<string?> Server { get; } = Options.Server();

    public Option<string?> Key { get; } = Options.Key();

    public async Task<AuditDesk> OpenAsync(ParseResult parsed, CancellationToken cancellation) =>
        parsed.GetValue(Server) is { } server
            ? new RemoteAuditDesk(new ServerClient(server, Options.KeyFor(parsed.GetValue(Key))))
            : new StoreAuditDesk(await LedgerSource.OpenAsync(parsed, Data, Postgres, cancellation));

    public void AddTo(Command command)
    {
        command.Add(Data);
        command.Add(Postgres);
        command.Add(Server);
        command.Add(Key);
    }
}
