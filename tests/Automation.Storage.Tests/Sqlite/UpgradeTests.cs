using System.Globalization;
using Automation.Core.Contacts;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using Automation.Storage.Ledger;
using Automation.Storage.Sqlite;
using Automation.Storage.Tests.Contracts;
using Xunit;
using static Automation.Storage.Tests.Contracts.Sample;

namespace Automation.Storage.Tests.Sqlite;

/// <summary>A store file of an earlier engine, with facts in it: its chain holds, goes on, and is as easily found to be broken.</summary>
public sealed class UpgradeTests : IDisposable
{
    // Before seals covered the commit's time, and before anything was hidden.
    private const int Schema = 10;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("automation-upgrade-");

    private string Database => Path.Combine(_directory.FullName, "automation.db");

    [Fact]
    public async Task A_file_of_before_personal_data_and_of_the_first_form_of_seals_verifies_and_goes_on()
    {
        WriteOld();
        using (var store = EmbeddedStore.Open(_directory.FullName))
        {
            Assert.Equal((true, 3L, 3L), Told(await store.Ledger.VerifyAsync(0, null, default)));
            var head = await store.Engine.HeadAsync(0, default);
            Assert.Equal((4L, 2L), (head.NextSequence, head.NextContactId));
            var before = (await store.Engine.LoadAsync(new LoadRequest([], [], [1]), default)).Contacts[1];
            Assert.Equal("欧阳", before.Attributes.Find("name"));

            await store.Engine.CommitAsync(
                Batch(10) with { Facts = [NotEnrolled(4, 1, second: 10)], Contacts = [new ContactChange(before, before, null)], Events = [Recorded(5, 1, MessageId(1))] }, default);

            Assert.Equal((true, 4L, 4L), Told(await store.Ledger.VerifyAsync(0, null, default)));
            Assert.Equal([4, 3, 2, 1], (await store.Ledger.FactsAsync(new FactQuery(Journey: "welcome"), default)).Select(fact => fact.Sequence));
            Assert.Equal("欧阳", (await store.Ledger.ContactAsync(1, default))!.Attributes.Find("name"));
        }
        using (var writer = SqliteDatabase.OpenWriter(Database))
        {
            writer.Execute("UPDATE fact SET at = at + 1 WHERE sequence = 2");
        }
        using var broken = EmbeddedStore.OpenReadOnly(_directory.FullName);
        Assert.Equal(2, (await broken.Ledger.VerifyAsync(0, null, default)).BrokenSequence);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private static (bool, long, long) Told(VerifyResult result) => (result.Intact, result.Facts, result.Seals);

    private void WriteOld()
    {
        using var old = SqliteDatabase.OpenWriter(Database);
        Migrator.Migrate(old, [.. SqlText.Migrations.Take(Schema)]);
        var state = new ByteBuffer();
        ContactBytes.Write(state, Contact(1) with { Attributes = PropertyBag.Of(("name", "欧阳")) });
        old.Execute(FormattableString.Invariant($"INSERT INTO contact VALUES (1, NULL, x'{Convert.ToHexString(state.Written)}')"));
        old.Execute("INSERT INTO tally_key VALUES (0, 'not_enrolled', 'audience_not_matched', 'welcome', '', '', '')");
        var previous = SealBuilder.Origin;
        for (var sequence = 1; sequence <= 3; sequence++)
        {
            var at = At(sequence).ToUnixTimeMilliseconds();
            var (hash, checks) = OldLedger.Seal(previous, sequence, at, null);
            old.Execute(string.Create(CultureInfo.InvariantCulture, $"""
                INSERT INTO fact (sequence, at, contact, cause, kind, journey, version, reason, details, tally)
                VALUES ({sequence}, {at}, 1, 'timer', 'not_enrolled', 'welcome', 1, 'audience_not_matched', '{OldLedger.Details}', 0);
                INSERT INTO trail VALUES (1, {sequence}, {sequence});
                INSERT INTO seal VALUES ({sequence}, {sequence}, {at}, x'{Convert.ToHexString(hash)}', x'{Convert.ToHexString(checks)}');
                """));
            previous = hash;
        }
    }
}
