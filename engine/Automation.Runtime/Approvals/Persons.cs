using Automation.Runtime.Ports;

namespace Automation.Runtime.Approvals;

/// <summary>
/// Who stands behind an actor. A key acts for whoever made it, so nobody approves with a key of their own what they asked for by
/// name, or the other way round. Keys of a first start and of the command line were made by nobody who has a name, and are persons of their own.
/// </summary>
internal static class Persons
{
    private const string KeyKind = "key";
    private const string KeyPrefix = "key:";
    private const string UserPrefix = "user:";

    /// <returns>The actor, and everybody they act for.</returns>
    public static async ValueTask<IReadOnlySet<string>> BehindAsync(IDefinitionStore definitions, string actor, CancellationToken cancellation)
    {
        var persons = new HashSet<string>(StringComparer.Ordinal);
        for (var one = actor; one is not null && persons.Add(one); one = await MakerAsync(definitions, one, cancellation))
        {
        }
        return persons;
    }

    // A revoked key is deleted; its version stays, and with it who made it.
    private static async ValueTask<string?> MakerAsync(IDefinitionStore definitions, string actor, CancellationToken cancellation) =>
        actor.StartsWith(KeyPrefix, StringComparison.Ordinal)
        && await definitions.VersionsAsync(KeyKind, actor[KeyPrefix.Length..], cancellation) is [{ PublishedBy: var maker }, ..]
        && (maker.StartsWith(KeyPrefix, StringComparison.Ordinal) || maker.StartsWith(UserPrefix, StringComparison.Ordinal))
            ? maker
            : null;
}
