using Automation.Connectors.Sandbox.Mailbox;

namespace Automation.Connectors.Tests.Sandbox;

public sealed class FileMailboxTests : MailboxContract, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mailbox-").FullName;
    private readonly List<FileMailbox> _open = [];

    private string File => Path.Combine(_directory, "new", "mailbox.ndjson");

    public void Dispose()
    {
        _open.ForEach(m => m.Dispose());
        Directory.Delete(_directory, recursive: true);
    }

    private protected override ISandboxMailbox Make(int mailsMax = 100, int idsMax = 1_000) => Open(mailsMax, idsMax);

    [Fact]
    public void Everything_is_there_again_after_a_restart()
    {
        var first = Open();
        first.Append([SandboxTesting.Mail(1), SandboxTesting.Mail(2, channel: "wecom"), SandboxTesting.Mail(1)]);
        var before = first.List(new MailboxFilter()).Select(Shown).ToArray();
        first.Dispose();

        var again = Open();

        Assert.Equal(before, again.List(new MailboxFilter()).Select(Shown));
        Assert.Equal(new MailboxTotals(2, 1), again.Totals());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(200)]
    public void A_last_line_cut_off_by_a_crash_is_dropped_or_whole(int bytes)
    {
        var first = Open();
        first.Append([SandboxTesting.Mail(1), SandboxTesting.Mail(2)]);
        first.Dispose();
        using (var file = new FileStream(File, FileMode.Open))
        {
            file.SetLength(file.Length - bytes);
        }

        var again = Open();
        again.Append([SandboxTesting.Mail(3)]);
        again.Dispose();
        var last = Open();

        // With one byte less only the line's end is missing.
        Guid[] expected = bytes == 1
            ? [Samples.Id(3), Samples.Id(2), Samples.Id(1)]
            : [Samples.Id(3), Samples.Id(1)];
        Assert.Equal(expected, last.List(new MailboxFilter()).Select(m => m.MessageId));
    }

    [Fact]
    public void A_file_that_is_no_mailbox_is_left_alone()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, "a diary\nof somebody\n");

        Assert.Throws<IOException>(() => Open());
        Assert.Equal("a diary\nof somebody\n", System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void A_full_file_begins_anew_and_the_process_still_knows_what_came()
    {
        var mailbox = Open(bytesMax: 1_000);
        for (var number = 1; number <= 20; number++)
        {
            mailbox.Append([SandboxTesting.Mail(number)]);
        }

        Assert.InRange(new FileInfo(File).Length, 1, 1_000);
        Assert.Equal(20, mailbox.Totals().Messages);
    }

    [Fact]
    public void Only_its_owner_may_read_the_file()
    {
        Open().Append([SandboxTesting.Mail(1)]);

        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        }
    }

    private FileMailbox Open(int mailsMax = 100, int idsMax = 1_000, long bytesMax = 1_000_000)
    {
        var mailbox = new FileMailbox(File, mailsMax, idsMax, bytesMax);
        _open.Add(mailbox);
        return mailbox;
    }

    private static string Shown(SandboxMail mail) =>
        $"{mail.Sequence} {mail.MessageId} {mail.Account} {mail.Channel} {mail.To.Type} {mail.To.Value} {mail.ContactId} "
        + $"{mail.Origin} {mail.Attempt} {mail.Arrivals} {mail.ReceivedAt:O} {mail.Content.GetProperty("text").GetString()}";
}
