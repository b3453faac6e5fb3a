using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Automation.Server.Api;
using Automation.Server.Security;
using Automation.Server.SignIn;
using Automation.Storage;

namespace Automation.Server.Cli.People;

/// <summary>A user, as lists show one.</summary>
internal sealed record ShownUser(string Name, string Role, string State, bool SecondFactor, DateTimeOffset CreatedAt);

/// <summary>A link that works once, without the server's address before it.</summary>
internal sealed record ShownLink(string Path, DateTimeOffset ExpiresAt);

/// <summary>Where users are kept.</summary>
internal interface IUserShelf
{
    /// <summary>Address to put before a link.</summary>
    string Address { get; }

    Task<IReadOnlyList<ShownUser>> ListAsync(CancellationToken cancellation);

    Task<ShownLink> InviteAsync(string name, Role role, CancellationToken cancellation);

    Task<ShownLink> ResetAsync(string name, CancellationToken cancellation);

    Task<ShownLink> SetUpAsync(CancellationToken cancellation);

    Task LockAsync(string name, bool locked, CancellationToken cancellation);

    Task SetRoleAsync(string name, Role role, CancellationToken cancellation);
}

/// <summary>The store of a data directory that no server holds.</summary>
internal sealed class StoredUsers(string data) : IUserShelf
{
    private const string Actor = "command line";

    public string Address => Options.DefaultUrl;

    public async Task<IReadOnlyList<ShownUser>> ListAsync(CancellationToken cancellation)
    {
        using var store = EmbeddedStore.OpenReadOnly(data);
        var users = await SignIn.Users.ListAsync(store.Access, cancellation);
        return [.. users.Select(UsersApi.UserAnswer.Of).Select(one => new ShownUser(
            one.Name, Permissions.NameOf(one.Role), JsonNamingPolicy.SnakeCaseLower.ConvertName(one.State.ToString()), one.SecondFactor, one.CreatedAt))];
    }

    public Task<ShownLink> InviteAsync(string name, Role role, CancellationToken cancellation) => WithAsync(async desk =>
    {
        var (_, link, terms) = await desk.InviteAsync(name, role, Actor, cancellation);
        return new ShownLink(OneTimeLinks.PathOf(link), terms.ExpiresAt);
    }, cancellation);

    public Task<ShownLink> ResetAsync(string name, CancellationToken cancellation) => WithAsync(async desk =>
    {
        var (_, link, terms) = await desk.ResetAsync(name, Actor, cancellation);
        return new ShownLink(OneTimeLinks.PathOf(link), terms.ExpiresAt);
    }, cancellation);

    public Task<ShownLink> SetUpAsync(CancellationToken cancellation) => WithAsync(async desk =>
        await desk.SetUpAsync(forgetEarlier: true, cancellation) is var (link, terms)
            ? new ShownLink(OneTimeLinks.PathOf(link), terms.ExpiresAt)
            : throw new CannotRunException("already_set_up", "Expected a store without an admin, but it has one: 'user reset' gives that one a link."), cancellation);

    public Task LockAsync(string name, bool locked, CancellationToken cancellation) => WithAsync(
        desk => locked ? desk.LockAsync(name, Actor, cancellation) : desk.UnlockAsync(name, Actor, cancellation), cancellation);

    public Task SetRoleAsync(string name, Role role, CancellationToken cancellation) => WithAsync(desk => desk.SetRoleAsync(name, role, Actor, cancellation), cancellation);

    private async Task<T> WithAsync<T>(Func<UserDesk, Task<T>> work, CancellationToken cancellation)
    {
        await using var engine = await OfflineEngine.OpenAsync(data, cancellation);
        try
        {
            return await work(OfflineEngine.Users(engine));
        }
        catch (ApiException refused)
        {
            throw new CannotRunException(refused.Code, refused.Message, refused);
        }
    }
}

/// <summary>A server that runs, one process or several.</summary>
internal sealed class ServedUsers(string server, string key) : IUserShelf
{
    public string Address => server.TrimEnd('/');

    public async Task<IReadOnlyList<ShownUser>> ListAsync(CancellationToken cancellation)
    {
        var users = await AskAsync(HttpMethod.Get, "", null, cancellation);
        return
        [
            .. users.GetProperty("users").EnumerateArray().Select(one => new ShownUser(
                one.GetProperty("name").GetString()!, one.GetProperty("role").GetString()!, one.GetProperty("state").GetString()!,
                one.GetProperty("second_factor").GetBoolean(), DateTimeOffset.Parse(one.GetProperty("created_at").GetString()!, CultureInfo.InvariantCulture))),
        ];
    }

    public async Task<ShownLink> InviteAsync(string name, Role role, CancellationToken cancellation) =>
        Link((await AskAsync(HttpMethod.Post, "", new { name, role = Permissions.NameOf(role) }, cancellation)).GetProperty("link"));

    public async Task<ShownLink> ResetAsync(string name, CancellationToken cancellation) =>
        Link((await AskAsync(HttpMethod.Post, $"/{Uri.EscapeDataString(name)}/reset", null, cancellation)).GetProperty("link"));

    public async Task<ShownLink> SetUpAsync(CancellationToken cancellation) => Link(await AskAsync(HttpMethod.Post, "/set-up-link", null, cancellation));

    public Task LockAsync(string name, bool locked, CancellationToken cancellation) =>
        AskAsync(HttpMethod.Post, $"/{Uri.EscapeDataString(name)}/{(locked ? "lock" : "unlock")}", null, cancellation);

    public Task SetRoleAsync(string name, Role role, CancellationToken cancellation) =>
        AskAsync(HttpMethod.Put, $"/{Uri.EscapeDataString(name)}/role", new { role = Permissions.NameOf(role) }, cancellation);

    private async Task<JsonElement> AskAsync(HttpMethod method, string path, object? json, CancellationToken cancellation)
    {
        using var client = new ServerClient(server, key);
        using var body = json is null ? null : JsonContent.Create(json);
        return await client.AskAsync(method, $"/api/users{path}", body, cancellation);
    }

    private static ShownLink Link(JsonElement link) => new(
        link.GetProperty("path").GetString()!, DateTimeOffset.Parse(link.GetProperty("expires_at").GetString()!, CultureInfo.InvariantCulture));
}

/// <summary>Which shelf a command line means.</summary>
internal sealed class UserShelfOptions
{
    public Option<string> Data { get; } = Options.Data();

    public Option<string?> Server { get; } = Options.Server();

    public Option<string?> Key { get; } = Options.Key();

    public IUserShelf Open(ParseResult parsed) => parsed.GetValue(Server) is { } server
        ? new ServedUsers(server, Options.KeyFor(parsed.GetValue(Key)))
        : new StoredUsers(parsed.GetValue(Data)!);
}
