using Automation.Storage.Sqlite;
using Xunit;

namespace Automation.Storage.Tests.Sqlite;

public sealed class CheckpointsTests : IDisposable
{
    private const int Pages = 200;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("automation-checkpoints-");
    private readonly string _path;
    private readonly SqliteDatabase _writer;

    public CheckpointsTests()
    {
        _path = Path.Combine(_directory.FullName, "store.db");
        _writer = SqliteDatabase.OpenWriter(_path);
        _writer.CheckpointsItself(0);
        _writer.Execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, bytes BLOB)");
    }

    private long LogBytes => new FileInfo(_path + "-wal").Length;

    public void Dispose()
    {
        _writer.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public void A_log_without_checkpoints_grows_with_every_commit()
    {
        WriteRounds(40, null);

        Assert.True(LogBytes > 40 * 50 * 4096, $"Expected a log of every page, but it has {LogBytes} bytes.");
    }

    [Fact]
    public void The_log_begins_anew_however_many_commits_come_while_it_is_copied()
    {
        using var checkpoints = new Checkpoints(_path, _writer) { Pages = Pages };

        WriteRounds(400, checkpoints);

        // Four times the line at most, a commit on top, and the pages that hold the tree together.
        Assert.True(LogBytes < 6 * Pages * 4096, $"Expected a log that begins anew, but it has {LogBytes} bytes.");
        Assert.Equal(400 * 50, _writer.Scalar("SELECT count(*) FROM rows"));
    }

    [Fact]
    public void A_reader_that_stays_keeps_its_view_and_the_log_begins_anew_once_it_is_gone()
    {
        using var checkpoints = new Checkpoints(_path, _writer) { Pages = Pages };
        WriteRounds(2, checkpoints);
        using var reader = SqliteDatabase.OpenReader(_path);

        reader.Read(() =>
        {
            var before = reader.Scalar("SELECT count(*) FROM rows");
            WriteRounds(30, checkpoints);
            Assert.Equal(before, reader.Scalar("SELECT count(*) FROM rows"));
            return before;
        });
        WriteRounds(30, checkpoints);
        var settled = LogBytes;
        WriteRounds(200, checkpoints);

        Assert.True(LogBytes < settled + (6 * Pages * 4096), $"Expected a log that begins anew, but it went from {settled} to {LogBytes} bytes.");
    }

    private void WriteRounds(int rounds, Checkpoints? checkpoints)
    {
        for (var round = 0; round < rounds; round++)
        {
            _writer.Write(() =>
            {
                // One page each.
                _writer.Execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50) INSERT INTO rows (bytes) SELECT zeroblob(3500) FROM n");
                return 0;
            });
            checkpoints?.Committed();
        }
    }
}
