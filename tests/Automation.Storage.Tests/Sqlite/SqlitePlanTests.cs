using Automation.Runtime.Ports;
using Automation.Storage.Sqlite;
using Automation.Storage.Tests.Contracts;
using Xunit;
using static Automation.Storage.Tests.Contracts.Sample;

namespace Automation.Storage.Tests.Sqlite;

/// <summary>The plans of what people ask of the ledger: by index, whatever its length.</summary>
public sealed class SqlitePlanTests : IDisposable
{
    private readonly SqliteUnderTest _store = new();

    [Fact]
    public void No_question_reads_the_whole_ledger()
    {
        _store.Commit(Batch() with { Facts = [NotEnrolled(1, 7)], Contacts = [New(7)] });
        using var reader = new StoreReader(SqliteDatabase.OpenReader(Path.Combine(_store.Path, "automation.db")));
        foreach (var query in LedgerQuestions.All)
        {
            FactSearch.Run(reader, query);
        }
        TallyRows.Counts(reader, new TallyQuery(At(0), At(90)) { Journey = "welcome" });

        var texts = reader.Database.Texts.ToList();
        var plans = texts.SelectMany(text => Plan(reader, text)).ToList();

        Assert.True(texts.Count > 15);
        Assert.Contains(plans, step => step.Contains("USING COVERING INDEX fact_tally", StringComparison.Ordinal));
        // In the ledger's own order a list ends with its page; that is no scan of the whole.
        Assert.DoesNotContain(plans, step => step.StartsWith("SCAN fact", StringComparison.Ordinal) && !IsInOrder(texts, reader, step));
        Assert.DoesNotContain(plans, step => step is "SCAN tally" or "SCAN trail" or "SCAN mark" or "SCAN event" or "SCAN message");
        Assert.DoesNotContain(plans, step => step.Contains("TEMP B-TREE FOR ORDER BY", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_question_finds_its_facts_by_an_index_or_ends_with_its_page()
    {
        _store.Commit(Batch() with { Facts = [NotEnrolled(1, 7)], Contacts = [New(7)] });
        foreach (var query in LedgerQuestions.All)
        {
            using var reader = new StoreReader(SqliteDatabase.OpenReader(Path.Combine(_store.Path, "automation.db")));
            FactSearch.Run(reader, query);

            foreach (var text in reader.Database.Texts.ToList())
            {
                var steps = Plan(reader, text).Where(step => step.Contains(" fact", StringComparison.Ordinal)).ToList();
                var isFirstPage = query == new FactQuery() && steps is ["SCAN fact"] && text.Contains("ORDER BY fact.sequence", StringComparison.Ordinal);
                Assert.True(
                    isFirstPage || steps.TrueForAll(step => step.StartsWith("SEARCH fact USING ", StringComparison.Ordinal)),
                    $"{query}\n{text}\n{string.Join('\n', steps)}");
            }
        }
    }

    [Theory]
    [InlineData("backlog")]
    [InlineData("oldest_due")]
    [InlineData("count_unknown")]
    [InlineData("unknown_page")]
    [InlineData("count_failed")]
    [InlineData("count_failed_people")]
    [InlineData("failed_page")]
    public void What_operators_ask_is_answered_by_an_index_of_its_own(string query)
    {
        using var reader = new StoreReader(SqliteDatabase.OpenReader(Path.Combine(_store.Path, "automation.db")));

        var plan = Plan(reader, SqlText.Query(query));

        Assert.Contains(plan, step => step.Contains("INDEX message_", StringComparison.Ordinal) || step.Contains("INDEX contact_due", StringComparison.Ordinal));
        Assert.DoesNotContain(plan, step => step.StartsWith("SCAN message", StringComparison.Ordinal) || step.StartsWith("SCAN contact", StringComparison.Ordinal));
    }

    public void Dispose() => _store.Dispose();

    // "SCAN fact" without a sort beside it follows the primary key, and stops at the limit.
    private static bool IsInOrder(List<string> texts, StoreReader reader, string step) =>
        texts.Where(text => Plan(reader, text).Contains(step)).All(text => text.Contains("ORDER BY fact.sequence", StringComparison.Ordinal));

    private static List<string> Plan(StoreReader reader, string text)
    {
        var plan = reader.Database.PrepareOnce("EXPLAIN QUERY PLAN " + text);
        var steps = new List<string>();
        while (plan.Step())
        {
            steps.Add(plan.Text(3));
        }
        return steps;
    }
}
