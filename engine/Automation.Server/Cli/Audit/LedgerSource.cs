using System.CommandLine;
using Automation.Runtime.Ports;
using Automation.Storage;
using Automation.Storage.Personal;
using Automation.Storage.Postgres;

namespace Automation.Server.Cli.Audit;

/// <summary>A store that is only read, embedded or on PostgreSQL, beside whatever writes it.</summary>
internal sealed class LedgerSource(ILedgerStore ledger, IDefinitionStore definitions, IDisposable? embedded, IAsyncDisposable? shared) : IAsyncDisposable
{
    public ILedgerStore Ledger => ledger;

    public IDefinitionStore Definitions => definitions;

    public static async Task<LedgerSource> OpenAsync(
        ParseResult parsed, Option<string> data, Option<string?> postgres, CancellationToken cancellation)
    {
        if (parsed.GetValue(postgres) is { } connection)
        {
            var shared = await PostgresStore.OpenReadOnlyAsync(new PostgresOptions { ConnectionString = connection, PersonalKeys = Ring() }, cancellation);
            return new LedgerSource(shared.Ledger, shared.Definitions, null, shared);
        }
        var store = EmbeddedStore.OpenReadOnly(parsed.GetValue(data)!);
        return new LedgerSource(store.Ledger, store.Definitions, store, null);
    }

    // As the server finds it, from the environment; without it what is personal stays hidden, and everything else can be asked.
    private static PersonalKeyRing? Ring() =>
        Environment.GetEnvironmentVariable("AUTOMATION_PERSONAL_KEYS") is { Length: > 0 } path ? KeyRingFile.Read(path)
        : Environment.GetEnvironmentVariable("AUTOMATION_SECRET_KEY") is { Length: > 0 } key ? PersonalKeyRing.Of(Convert.FromBase64String(key))
        : null;

    public async ValueTask DisposeAsync()
    {
        embedded?.Dispose();
        if (shared is not null)
        {
            await shared.DisposeAsync();
        }
    }
}
