using Automation.Runtime.Ports;
using Automation.Storage.Postgres;
using Automation.Storage.Tests.Contracts;
using Npgsql;
using Xunit;
using static Automation.Storage.Tests.Contracts.Sample;

namespace Automation.Storage.Tests.Postgres;

/// <summary>The plans of what people ask of the ledger: by index, whatever its length.</summary>
public sealed class PostgresPlanTests : IDisposable
{
    private readonly PostgresUnderTest _store = new();

    [Fact]
    public async Task No_question_reads_the_whole_ledger()
    {
        _store.Commit(Batch() with { Facts = [NotEnrolled(1, 7)], Contacts = [New(7)] });
        // Enough rows that reading them all would be the dearer way by far.
        _store.Tamper("""
            INSERT INTO fact (sequence, at, contact, cause, kind, journey, version, step, reason, details, tally, committed_at)
            SELECT n, at + n, n % 5000, cause, kind, journey, version, step, reason, details, tally, committed_at
            FROM fact, generate_series(2, 20000) AS n;
            INSERT INTO tally SELECT n, 1, 0, 1 FROM generate_series(1, 20000) AS n;
            ANALYZE
            """);
        await using var connection = await _store.Store.Database.Readers.OpenConnectionAsync();

        foreach (var query in LedgerQuestions.All)
        {
            await RefuseScanAsync(PostgresFactSearch.Command(connection, query), query.ToString());
        }
        await RefuseScanAsync(PostgresTallySearch.Command(connection, new TallyQuery(At(0), At(90)) { Journey = "welcome" }), "tallies");
    }

    public void Dispose() => _store.Dispose();

    private static async Task RefuseScanAsync(NpgsqlCommand command, string question)
    {
        await using (command)
        {
            command.CommandText = "EXPLAIN " + command.CommandText;
            var plan = new List<string>();
            await using (var reader = await command.ExecuteReaderAsync())
            {
                while (await reader.ReadAsync())
                {
                    plan.Add(reader.GetString(0));
                }
            }
            Assert.False(
                plan.Exists(step => step.Contains("Seq Scan on fact_", StringComparison.Ordinal) && !IsEmptyPeriod(step)
                    || step.Contains("Seq Scan on tally ", StringComparison.Ordinal)),
                $"{question}\n{string.Join('\n', plan)}");
        }
    }

    // The period made ahead has no rows: reading it whole is reading nothing.
    private static bool IsEmptyPeriod(string step) => step.Contains("fact_20260401", StringComparison.Ordinal);
}
