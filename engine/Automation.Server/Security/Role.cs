using System.Text.Json;
using System.Text.Json.Serialization;

namespace Automation.Server.Security;

/// <summary>What a key or a person is for. Each may what its row in <see cref="Permissions"/> says.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Role>))]
public enum Role
{
    /// <summary>Stands in pages and apps: sends events and sees nothing.</summary>
    [JsonStringEnumMemberName("write")]
    Write,

    /// <summary>Sees everything.</summary>
    [JsonStringEnumMemberName("viewer")]
    Viewer,

    /// <summary>Keeps things running: pauses, resumes, frees what is stuck.</summary>
    [JsonStringEnumMemberName("operator")]
    Operator,

    /// <summary>Draws and publishes journeys, and runs them.</summary>
    [JsonStringEnumMemberName("marketer")]
    Marketer,

    /// <summary>Connects systems: accounts, settings, events.</summary>
    [JsonStringEnumMemberName("developer")]
    Developer,

    /// <summary>Everything, and users and keys.</summary>
    [JsonStringEnumMemberName("admin")]
    Admin,
}

/// <summary>What a route asks of a key or a person.</summary>
[JsonConverter(typeof(SnakeCase<Permission>))]
public enum Permission
{
    /// <summary>No key: it gives nothing away, or the vendor's signature is checked instead.</summary>
    None,

    /// <summary>Send events.</summary>
    Track,

    /// <summary>See journeys, contacts, messages and the ledger.</summary>
    Read,

    /// <summary>Change contacts and what is on its way; pause and resume.</summary>
    Operate,

    /// <summary>Write and publish journeys, templates and segments.</summary>
    Author,

    /// <summary>Write settings and accounts with their secrets.</summary>
    Configure,

    /// <summary>See names and numbers of people in clear, each look on record; and hand out all about one of them.</summary>
    Reveal,

    /// <summary>Users, their sessions, and keys; and erasing people.</summary>
    Administer,

    /// <summary>See and change one's own account; for people and never for keys.</summary>
    Self,
}

/// <summary>Names of an enum as they stand in JSON everywhere.</summary>
internal sealed class SnakeCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower)
    where T : struct, Enum;

/// <summary>Who may what, as one table.</summary>
public static class Permissions
{
    public static bool Allow(Role role, Permission permission) => permission switch
    {
        Permission.None => true,
        Permission.Track => role is Role.Write or Role.Developer or Role.Admin,
        Permission.Read => role is not Role.Write,
        Permission.Operate => role is Role.Operator or Role.Marketer or Role.Admin,
        Permission.Author => role is Role.Marketer or Role.Developer or Role.Admin,
        Permission.Configure => role is Role.Developer or Role.Admin,
        Permission.Reveal => role is Role.Operator or Role.Admin,
        Permission.Self => role is not Role.Write,
        _ => role is Role.Admin,
    };

    /// <summary>The role's name in keys, in the API and on the command line.</summary>
    public static string NameOf(Role role) => role switch
    {
        Role.Write => "write",
        Role.Viewer => "viewer",
        Role.Operator => "operator",
        Role.Marketer => "marketer",
        Role.Developer => "developer",
        _ => "admin",
    };

    /// <summary>What a key's scopes may name, in the order of the table.</summary>
    public static IReadOnlyList<Permission> Scopes { get; } =
        [Permission.Track, Permission.Read, Permission.Operate, Permission.Author, Permission.Configure, Permission.Reveal, Permission.Administer];

    /// <summary>The permission's name in keys, in the API and on the command line.</summary>
    public static string NameOf(Permission permission) => JsonNamingPolicy.SnakeCaseLower.ConvertName(permission.ToString());

    /// <summary>The role of that name.</summary>
    public static bool TryParse(string name, out Role role)
    {
        foreach (var candidate in Enum.GetValues<Role>())
        {
            if (NameOf(candidate) == name)
            {
                role = candidate;
                return true;
            }
        }
        role = default;
        return false;
    }
}
