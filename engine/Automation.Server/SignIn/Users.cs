using Automation.Core.Deciding;
using Automation.Runtime.Definitions;
using Automation.Runtime.Loop;
using Automation.Runtime.Ports;
using Automation.Server.Api;

namespace Automation.Server.SignIn;

/// <summary>Users in the store; each change with its fact, also when the process dies between the two.</summary>
internal sealed class Users(IAccessStore store, IEngine engine, DefinitionChanges changes)
{
    public async ValueTask<User?> FindAsync(string name, CancellationToken cancellation) => (await RecordAsync(name, cancellation))?.User;

    public async Task<IReadOnlyList<User>> ListAsync(CancellationToken cancellation) => await ListAsync(store, cancellation);

    /// <summary>Without an engine, for who only looks.</summary>
    public static async Task<IReadOnlyList<User>> ListAsync(IAccessStore store, CancellationToken cancellation) =>
        [.. (await store.ListAsync(User.Kind, null, cancellation)).Select(record => User.OfDocument(record.Document))];

    /// <summary>Whether the first admin is still to come.</summary>
    public async Task<bool> NeedsSetUpAsync(CancellationToken cancellation) =>
        !(await ListAsync(cancellation)).Any(user => user is { Role: Security.Role.Admin, IsActive: true });

    /// <exception cref="ApiException">There is one of this name.</exception>
    public async Task AddAsync(User user, string what, string actor, CancellationToken cancellation)
    {
        if (await FindAsync(user.Name, cancellation) is not null)
        {
            throw ApiException.Conflict("user_exists", $"Expected a name that nobody has, but there is a user '{user.Name}'.");
        }
        await WriteAsync(new AccessRecord(User.Kind, user.Name, user.Name, 0, "", null), user, Changed(user.Name, what, null, Security.Permissions.NameOf(user.Role), actor), cancellation);
    }

    /// <param name="change">From the user as it is to what it becomes; the words of before and after are for the ledger.</param>
    /// <returns>The user as it became.</returns>
    /// <exception cref="ApiException">There is none, or somebody else changed it at the same time.</exception>
    public async Task<User> ChangeAsync(
        string name, string what, Func<User, (User User, string? Before, string? After)> change, string actor, CancellationToken cancellation)
    {
        var (record, user) = await RecordAsync(name, cancellation) ?? throw ApiException.NotFound("user", name);
        var (next, before, after) = change(user);
        await WriteAsync(record, next, Changed(name, what, before, after, actor), cancellation);
        return next;
    }

    private async Task WriteAsync(AccessRecord record, User user, WorkspaceFact.UserChanged fact, CancellationToken cancellation) => await changes.MakeAsync(
        User.Kind, user.Name, record.Revision, fact, engine.Clock.GetCurrentInstant(),
        async () => await store.PutAsync(record with { Document = user.ToDocument() }, CancellationToken.None)
            ? fact
            : throw new DefinitionRefusedException(
                DefinitionRefusedException.Codes.RevisionConflict, $"Expected to change '{user.Name}' as it was read, but somebody changed it meanwhile."),
        cancellation);

    private async ValueTask<(AccessRecord Record, User User)?> RecordAsync(string name, CancellationToken cancellation) =>
        await store.FindAsync(User.Kind, name, cancellation) is { } record ? (record, User.OfDocument(record.Document)) : null;

    private static WorkspaceFact.UserChanged Changed(string name, string what, string? before, string? after, string actor) =>
        new(name, what, before, after) { Actor = actor };
}
