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

    [Theory]
    [InlineData("backlog", "message_queued")]
    [InlineData("oldest_due", "contact_look")]
    [InlineData("count_unknown", "message_open")]
    [InlineData("unknown_page", "message_open")]
    [InlineData("count_failed", "message_failed")]
    [InlineData("count_failed_people", "message_failed")]
    [InlineData("failed_page", "message_failed")]
    public async Task What_operators_ask_is_answered_by_an_index_of_its_own(string query, string index)
    {
        _store.Tamper("""
            INSERT INTO message_state (id, number, account, status, attempt, changed_at)
            SELECT gen_random_uuid(), n, 'a' || n % 3, n % 2 * 3, 1, n FROM generate_series(1, 20000) AS n;
            INSERT INTO message (number, id, contact, ordinal, journey, version, step, channel, account, template, is_call, queued_at, address_type, address, content)
            SELECT number, id, 1, 1, 'j', 1, 's', 'sms', account, 't', false, 1, '', '', '{}' FROM message_state;
            INSERT INTO contact (id, next_due_at, look_at, state, revision) SELECT n, n + 1000000, n + 1000000, ''::bytea, 1 FROM generate_series(1, 20000) AS n;
            ANALYZE
            """);
        await using var connection = await _store.Store.Database.Readers.OpenConnectionAsync();
        var values = query switch
        {
            "backlog" => "(100)",
            "oldest_due" => "(4, 2000)",
            "count_unknown" => "",
            "unknown_page" => "(NULL, '00000000-0000-0000-0000-000000000000', 10)",
            "failed_page" => "(0, 1000000, NULL, NULL, NULL, NULL, '{}', 0, '00000000-0000-0000-0000-000000000000', 10)",
            _ => "(0, 1000000, NULL, NULL, NULL, NULL, '{}')",
        };
        await using var command = new NpgsqlCommand($"PREPARE asked AS {PostgresSql.Query(query)}; EXPLAIN EXECUTE asked{values}", connection);
        var plan = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                plan.Add(reader.GetString(0));
            }
        }

        Assert.Contains(plan, step => step.Contains(index, StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.Contains("Seq Scan on message", StringComparison.Ordinal) || step.Contains("Seq Scan on contact", StringComparison.Ordinal));
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
            Assert.True(plan.Exists(step => step.Contains("Index", StringComparison.Ordinal) && step.Contains("_20260301", StringComparison.Ordinal) || step.Contains("tally_pkey", StringComparison.Ordinal)), $"{question}\n{string.Join('\n', plan)}");
            Assert.False(
                plan.Exists(step => step.Contains("Seq Scan on fact_", StringComparison.Ordinal) && !IsEmptyPeriod(step)
                    || step.Contains("Seq Scan on tally ", StringComparison.Ordinal)),
                $"{question}\n{string.Join('\n', plan)}");
        }
    }

    // The period made ahead has no rows: reading it whole is reading nothing.
    private static bool IsEmptyPeriod(string step) => step.Contains("fact_20260401", StringComparison.Ordinal);
}
