using Automation.Server.Cli;
using Automation.Server.Configuration;
using Automation.Server.Hosting;
using Automation.Storage.Postgres;
using Xunit;

namespace Automation.Server.Tests.Configuration;

public sealed class SettingsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("automation-settings-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Arguments_come_before_the_environment_and_the_environment_before_the_file()
    {
        var file = File("""
            role: worker
            partitions: 4
            urls: http://file
            """);

        var settings = Settings.Read(
            file, Environment(("AUTOMATION_PARTITIONS", "6"), ("AUTOMATION_URLS", "http://environment")),
            new Dictionary<Setting, string?> { [Setting.Urls] = "http://argument", [Setting.Data] = null });

        Assert.Equal(("worker", 6, "http://argument"), (settings.Text(Setting.Role), settings.Number(Setting.Partitions, 8, 1, 256), settings.Text(Setting.Urls)));
    }

    [Fact]
    public void The_directory_of_plug_ins_is_set_like_everything_else()
    {
        var settings = Settings.Read(
            File($"plugins: {_folder.FullName}/elsewhere"), Environment(("AUTOMATION_PLUGINS", _folder.FullName)), new Dictionary<Setting, string?>());

        Assert.Equal(_folder.FullName, ServeSettings.Server(settings, null).PlugIns);
        Assert.Null(ServeSettings.Server(Read(File("")), null).PlugIns);
    }

    [Fact]
    public void A_file_may_be_json() => Assert.Equal("worker", Read(File("""{ "role": "worker", "partitions": 4 }""")).Text(Setting.Role));

    [Theory]
    [InlineData("rolle: worker", "unknown_setting", "'rolle'", "Did you mean 'role'?", "line 1")]
    [InlineData("\nrole: [ api ]", "bad_setting", "'role'", "neither", "line 2")]
    [InlineData("role: boss", "bad_setting", "'role'", "'boss'", "line 1")]
    [InlineData("role: worker", "missing_setting", "'postgres'", "'role'", "one process alone")]
    [InlineData("postgres: Host=db", "missing_setting", "'rabbitmq'", "AUTOMATION_RABBITMQ", "broker")]
    [InlineData("postgres: Wirt=db", "bad_setting", "'postgres'", "connection string", "line 1")]
    [InlineData("postgres: Host=db\nrabbitmq: localhost", "bad_setting", "'rabbitmq'", "amqp://", "line 2")]
    [InlineData("postgres: Host=db\nrabbitmq: amqp://b/\npartitions: 300", "bad_setting", "'partitions'", "'300'", "line 3")]
    [InlineData("postgres: Host=db\nrabbitmq: amqp://b/\nsecret_key: short", "bad_setting", "'secret_key'", "base64", "line 3")]
    [InlineData("plugins: nowhere-at-all", "bad_setting", "'plugins'", "a directory", "line 1")]
    [InlineData("postgres: Host=db\nrabbitmq: amqp://b/\nkeep_facts_days: 0", "bad_setting", "'keep_facts_days'", "'0'", "line 3")]
    [InlineData("postgres: Host=db\nrabbitmq: amqp://b/\nledger_period: year", "bad_setting", "'ledger_period'", "day, week or month", "line 3")]
    [InlineData("ledger_period: day", "missing_setting", "'postgres'", "'ledger_period'", "no periods")]
    [InlineData("log_format: xml", "bad_setting", "'log_format'", "text or json", "line 1")]
    [InlineData("log_level: loud", "bad_setting", "'log_level'", "'loud'", "line 1")]
    public void A_wrong_setting_is_named_with_its_place(string text, string code, params string[] words)
    {
        var error = Assert.Throws<CannotRunException>(() =>
        {
            var settings = Read(File(text));
            _ = ServeSettings.Cluster(settings);
            _ = ServeSettings.Server(settings, null);
        });

        Assert.Equal(code, error.Code);
        Assert.All(words, word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_secret_never_stands_in_a_message()
    {
        var error = Assert.Throws<CannotRunException>(() => ServeSettings.Cluster(Settings.Read(
            File("postgres: Host=db"), Environment(("AUTOMATION_RABBITMQ", "user:hunter2")), new Dictionary<Setting, string?>())));

        Assert.Contains("AUTOMATION_RABBITMQ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Roles_are_joined_by_commas_and_none_means_all()
    {
        const string Servers = "postgres: Host=db\nrabbitmq: amqp://guest:guest@b/\n";

        Assert.Equal(NodeRoles.Api | NodeRoles.Dispatcher, ServeSettings.Cluster(Read(File(Servers + "role: api, dispatcher")))!.Roles);
        Assert.Equal("api,worker,dispatcher", ServeSettings.Cluster(Read(File(Servers)))!.RoleNames);
        Assert.Null(ServeSettings.Cluster(Read(File("urls: http://localhost:1"))));
    }

    [Fact]
    public void How_long_the_ledger_is_kept_is_set_by_kinds_of_records()
    {
        const string Servers = "postgres: Host=db\nrabbitmq: amqp://guest:guest@b/\n";

        var settings = Read(File(Servers + "keep_events_days: 90\nkeep_non_matches_days: 7\nledger_period: day"));
        var (set, kept) = (ServeSettings.Cluster(settings)!, ServeSettings.Server(settings, null));

        Assert.Equal((new LedgerKeep(90, null, 7), LedgerPeriod.Day), (kept.Keep, set.Period));
        Assert.Equal(new LedgerKeep(null, null, null), ServeSettings.Server(Read(File(Servers)), null).Keep);
    }

    private static Settings Read(string file) => Settings.Read(file, Environment(), new Dictionary<Setting, string?>());

    private static Dictionary<string, string> Environment(params (string Name, string Value)[] variables) =>
        variables.ToDictionary(one => one.Name, one => one.Value);

    private string File(string text)
    {
        var path = Path.Combine(_folder.FullName, $"{Guid.NewGuid():N}.yaml");
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
