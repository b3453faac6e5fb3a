using System.Text;
using System.Text.Json;
using Automation.Connectors.Sandbox.Mailbox;
using Automation.Core.Contacts;
using Automation.Core.Primitives;
using Automation.Runtime.Ports;
using Automation.Server.Cli;
using Automation.Server.Personal;
using Automation.Server.Security;
using Automation.Server.Tests.Cli;
using Automation.Storage;
using Automation.Storage.Personal;
using Xunit;

namespace Automation.Server.Tests.Personal;

/// <summary>All about one person handed out, and then none of it left.</summary>
public sealed class ErasureTests : IAsyncLifetime
{
    private readonly PersonFixture _person = new();

    private RunningServer Server => _person.Server;

    public Task InitializeAsync() => _person.InitializeAsync();

    public Task DisposeAsync() => _person.DisposeAsync();

    [Fact]
    public async Task Everything_about_a_person_is_handed_out_in_clear_and_that_is_on_record()
    {
        await Server.AskAsync(HttpMethod.Post, $"/api/contacts/{_person.Contact}/consent", """
            { "channel": "sms", "granted": true, "source": "form", "given_at": "2026-03-01T10:00:00+08:00", "evidence": { "text": "同意接收短信", "version": "3", "by": "li" } }
            """);
        using var viewer = Server.Request(HttpMethod.Get, $"/api/contacts/{_person.Contact}/export", Role.Viewer);

        var document = await Server.GetAsync($"/api/contacts/{_person.Contact}/export");
        var (refused, _) = await Server.SendAsync(viewer);

        Assert.Equal(403, refused);
        Assert.Equal("欧阳标记", document.GetProperty("profile").GetProperty("attributes").GetProperty("name").GetString());
        var consent = document.GetProperty("profile").GetProperty("consents")[0];
        Assert.Equal(("form", "3"), (consent.GetProperty("source").GetString(), consent.GetProperty("evidence").GetProperty("version").GetString()));
        Assert.Equal("2026-03-01T02:00:00+00:00", consent.GetProperty("since").GetString());
        Assert.Equal(2, document.GetProperty("events").GetArrayLength());
        Assert.Equal("+8613900001234", document.GetProperty("messages")[0].GetProperty("address").GetString());
        Assert.Contains("欧阳标记", document.GetProperty("messages")[0].GetProperty("content").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains(document.GetProperty("facts").EnumerateArray(), fact => fact.GetProperty("kind").GetString() == "consent_changed");
        Assert.StartsWith("key:", Assert.Single(await Server.FactsAsync("personal_data_exported")).Actor, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_who_was_erased_can_be_read_any_more_and_the_ledger_proves_the_rest()
    {
        var folder = Path.GetDirectoryName(Server.DatabasePath)!;
        using var marketer = Server.Request(HttpMethod.Post, $"/api/contacts/{_person.Contact}/erase", Role.Marketer, """{ "reason": "asked" }""");
        using var silent = Server.Request(HttpMethod.Post, $"/api/contacts/{_person.Contact}/erase", Role.Admin, """{ "reason": " " }""");

        Assert.Equal(403, (await Server.SendAsync(marketer)).Status);
        Assert.Equal(400, (await Server.SendAsync(silent)).Status);
        var erased = await Server.AskAsync(HttpMethod.Post, $"/api/contacts/{_person.Contact}/erase", """{ "reason": "asked by letter 12" }""");
        var again = await Server.AskAsync(HttpMethod.Post, $"/api/contacts/{_person.Contact}/erase", """{ "reason": "asked twice" }""");

        Assert.Equal(["exited", "exited", "contact_erased"], Kinds(erased));
        Assert.Empty(Kinds(again));
        var contact = await Server.GetAsync($"/api/contacts/{_person.Contact}?reveal=true");
        Assert.True(contact.GetProperty("erased").GetBoolean());
        Assert.Equal((0, 0), (contact.GetProperty("identities").GetArrayLength(), contact.GetProperty("enrollments").GetArrayLength()));
        Assert.Empty((await Server.GetAsync("/api/contacts?identity=phone:13900001234")).GetProperty("contacts").EnumerateArray());
        Assert.Empty((await Server.GetAsync("/api/contacts?identity=user_id:person-1")).GetProperty("contacts").EnumerateArray());
        Assert.Empty((await Server.GetAsync("/api/sandbox/mailbox?reveal=true")).GetProperty("messages").EnumerateArray());
        Assert.True((await Server.GetAsync("/api/audit/verify")).GetProperty("intact").GetBoolean());
        AssertNothingIn(folder);

        await Server.TrackAsync("identify", """{ "userId": "person-1", "traits": { "phone": "13900001234" } }""");
        var anew = (await Server.GetAsync("/api/contacts?identity=phone:13900001234")).GetProperty("contacts")[0].GetProperty("id").GetInt64();
        Assert.NotEqual(_person.Contact, anew);
        var verdict = (await CliRun.Of("audit", "verify", "--rebuild", "--json", "--data", folder)).Json;
        Assert.Equal((0, 1), (verdict.GetProperty("rebuilt").GetProperty("differing").GetInt32(), verdict.GetProperty("rebuilt").GetProperty("erased").GetInt32()));
    }

    [Fact]
    public async Task The_command_line_does_both_on_a_store_that_no_server_holds_and_turns_the_ring_of_keys()
    {
        using var folder = new TempFolder();
        var data = folder["copy"];
        StoreBackup.Make(Path.GetDirectoryName(Server.DatabasePath)!, data);

        var turned = await CliRun.Of("key-ring", "rotate", "--data", data, "--json");
        var exported = await CliRun.Of("contact", "export", "--contact", "phone=+8613900001234", "--out", folder["one.json"], "--data", data);
        var erased = await CliRun.Of("contact", "erase", "--contact", "person-1", "--reason", "asked", "--data", data, "--json");
        var verified = await CliRun.Of("audit", "verify", "--rebuild", "--data", data);

        Assert.Equal((0, 2, 1), (turned.Code, turned.Json.GetProperty("key").GetInt32(), turned.Json.GetProperty("wrapped").GetInt32()));
        Assert.True(exported.Code == 0, exported.Error);
        Assert.Contains("欧阳标记", await File.ReadAllTextAsync(folder["one.json"]), StringComparison.Ordinal);
        Assert.Equal((0, _person.Contact), (erased.Code, erased.Json.GetProperty("erased").GetInt64()));
        Assert.True(verified.Code == 0, verified.Error + verified.Output);
        Assert.Contains("1 of them were erased", verified.Output, StringComparison.Ordinal);
        AssertNothingIn(data);
    }

    [Fact]
    public async Task The_command_line_asks_a_server_as_well()
    {
        using var folder = new TempFolder();
        var asked = new[] { "--server", Server.Http.BaseAddress!.ToString(), "--key", Server.Key(Role.Admin) };

        var exported = await CliRun.Of(["contact", "export", "--contact", "phone=13900001234", "--out", folder["one.json"], .. asked]);
        var erased = await CliRun.Of(["contact", "erase", "--contact", "phone=13900001234", "--reason", "asked", .. asked]);

        Assert.True(exported.Code == 0, exported.Error);
        Assert.Equal("欧阳标记", JsonElement.Parse(await File.ReadAllTextAsync(folder["one.json"])).GetProperty("profile").GetProperty("attributes").GetProperty("name").GetString());
        Assert.True(erased.Code == 0, erased.Error);
        Assert.True((await Server.Ledger.ContactAsync(_person.Contact, CancellationToken.None))!.IsErased);
    }

    [Fact]
    public async Task A_store_whose_ring_is_gone_is_not_written()
    {
        using var folder = new TempFolder();
        var data = folder["copy"];
        StoreBackup.Make(Path.GetDirectoryName(Server.DatabasePath)!, data);
        File.Delete(Path.Combine(data, KeyRingFile.Name));

        var refused = Assert.Throws<StoreUnusableException>(() => EmbeddedStore.Open(data));

        Assert.Equal("personal_key_missing", refused.Code);
        using var looking = EmbeddedStore.OpenReadOnly(data);
        Assert.DoesNotContain("欧阳标记", JsonSerializer.Serialize((await looking.Ledger.ContactAsync(_person.Contact, default))!.Attributes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_of_an_earlier_time_are_hidden_at_the_start_and_found_as_before()
    {
        using var folder = new TempFolder();
        var data = folder["copy"];
        StoreBackup.Make(Path.GetDirectoryName(Server.DatabasePath)!, data);
        using (var store = EmbeddedStore.Open(data))
        {
            store.Writer.Execute("UPDATE identity SET value = '+8613900001234' WHERE value LIKE 'h1.%'");
        }

        using var opened = EmbeddedStore.Open(data);

        Assert.Equal(_person.Contact, await opened.Ledger.FindContactAsync(new Identity(Identity.Phone, "+8613900001234"), default));
        Assert.Equal(0, opened.Writer.Scalar("SELECT count(*) FROM identity WHERE value LIKE '+86%'"));
    }

    [Fact]
    public async Task An_erasure_whose_process_died_between_its_parts_is_finished_by_asking_again()
    {
        using var folder = new TempFolder();
        var (from, data) = (Path.GetDirectoryName(Server.DatabasePath)!, folder["copy"]);
        StoreBackup.Make(from, data);
        File.Copy(Path.Combine(from, "sandbox.ndjson"), Path.Combine(data, "sandbox.ndjson"), overwrite: true);
        await using (var engine = await OfflineEngine.OpenAsync(data, default))
        {
            var contact = await engine.Store.Ledger.ContactAsync(_person.Contact, default);
            await Assert.ThrowsAsync<TimeoutException>(
                () => new PersonalDesk(engine.Host, engine.Store.Ledger, new DyingMailbox()).EraseAsync(contact!, "li", "asked", default));
        }
        Assert.Contains("欧阳标记", await File.ReadAllTextAsync(Path.Combine(data, "sandbox.ndjson")), StringComparison.Ordinal);

        var again = await CliRun.Of("contact", "erase", "--contact", $"id={_person.Contact}", "--reason", "asked twice", "--data", data);
        var verified = await CliRun.Of("audit", "verify", "--rebuild", "--data", data);

        Assert.True(again.Code == 0, again.Error);
        Assert.True(verified.Code == 0, verified.Error + verified.Output);
        AssertNothingIn(data);
        using var looking = EmbeddedStore.OpenReadOnly(data);
        Assert.Equal("asked", JsonElement.Parse(Assert.Single(await looking.Ledger.FactsAsync(new FactQuery(Kind: "contact_erased"), default)).Details).GetProperty("why").GetString());
    }

    [Fact]
    public async Task What_stands_in_clear_from_an_earlier_time_is_hidden_by_a_command_that_leaves_one_fact()
    {
        using var folder = new TempFolder();
        var data = folder["copy"];
        StoreBackup.Make(Path.GetDirectoryName(Server.DatabasePath)!, data);
        using (var store = EmbeddedStore.Open(data))
        {
            var state = new ByteBuffer();
            ContactBytes.Write(state, (await store.Ledger.ContactAsync(_person.Contact, default))!);
            store.Writer.Execute($"UPDATE contact SET state = x'{Convert.ToHexString(state.Written)}' WHERE id = {_person.Contact}");
            store.Writer.Execute($$"""UPDATE message SET address = '+8613900001234', content = '{"text":"欧阳标记：订单"}' WHERE contact = {{_person.Contact}}""");
        }

        var hidden = await CliRun.Of("key-ring", "hide", "--data", data, "--json");
        var again = await CliRun.Of("key-ring", "hide", "--data", data);

        Assert.Equal((0, 1, 1), (hidden.Code, hidden.Json.GetProperty("contacts").GetInt32(), hidden.Json.GetProperty("messages").GetInt32()));
        Assert.Equal(0, again.Code);
        AssertNothingIn(data);
        using var opened = EmbeddedStore.OpenReadOnly(data);
        Assert.Equal("欧阳标记", (await opened.Ledger.ContactAsync(_person.Contact, default))!.Attributes.Find("name"));
        Assert.Equal("""{"text":"欧阳标记：订单"}""", (await opened.Ledger.MessageAsync(Guid.Parse(_person.Message), default))!.Content);
        var fact = Assert.Single(await opened.Ledger.FactsAsync(new FactQuery(Kind: "bulk_action_ended"), default));
        Assert.Equal(("command line", "contacts=1 messages=1"), (fact.Actor, JsonElement.Parse(fact.Details).GetProperty("target").GetString()));
        Assert.True((await opened.Ledger.VerifyAsync(0, null, default)).Intact);
    }

    private static IEnumerable<string?> Kinds(JsonElement answer) => answer.GetProperty("facts").EnumerateArray().Select(fact => fact.GetProperty("kind").GetString());

    /// <summary>Every file of the data directory, as bytes: the database, its log, the mailbox.</summary>
    private static void AssertNothingIn(string folder)
    {
        var found = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => !file.EndsWith("automation.lock", StringComparison.Ordinal)))
        {
            using var bytes = new MemoryStream();
            using (var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
            {
                stream.CopyTo(bytes);
            }
            found.AddRange(PersonFixture.Markers.Where(marker => bytes.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(marker)) >= 0).Select(marker => $"{Path.GetFileName(file)}: {marker}"));
        }
        Assert.Empty(found);
    }

    /// <summary>Where the process ends before the trial messages are forgotten.</summary>
    private sealed class DyingMailbox : ISandboxMailbox
    {
        public void Append(ReadOnlySpan<SandboxMail> mails) => throw new TimeoutException();

        public IReadOnlyList<SandboxMail> List(MailboxFilter filter) => throw new TimeoutException();

        public int Arrivals(Guid messageId) => throw new TimeoutException();

        public MailboxTotals Totals() => throw new TimeoutException();

        public void Clear() => throw new TimeoutException();

        public void Forget(IReadOnlyCollection<string> contacts) => throw new TimeoutException();
    }
}
