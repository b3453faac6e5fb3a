using Automation.Core.Contacts;

namespace Automation.Server.Cli.Importing;

/// <summary>What a column means. Names that people commonly give are known; <c>--map column=field</c> decides the rest.</summary>
internal sealed class FieldMap
{
    /// <summary>The field of columns that nobody wants.</summary>
    public const string Ignored = "-";

    public const string UserId = Identity.UserId;
    public const string AnonymousId = Identity.AnonymousId;
    public const string MessageId = "message_id";
    public const string Timestamp = "timestamp";
    public const string Event = "event";
    public const string Tags = "tags";
    public const string ConsentPrefix = "consent.";

    /// <summary>What proves the consents of a row: <c>evidence.text</c>, <c>evidence.version</c>, and so on.</summary>
    public const string EvidencePrefix = "evidence.";

    /// <summary>Columns of a file of rejects.</summary>
    public const string ImportLine = "import_line";
    public const string ImportProblem = "import_problem";

    private static readonly Dictionary<string, string> Usual = new(StringComparer.OrdinalIgnoreCase)
    {
        [ImportLine] = Ignored,
        [ImportProblem] = Ignored,
        ["userId"] = UserId,
        ["user"] = UserId,
        ["customer_id"] = UserId,
        ["anonymousId"] = AnonymousId,
        ["messageId"] = MessageId,
        ["time"] = Timestamp,
        ["date"] = Timestamp,
        ["occurred_at"] = Timestamp,
        ["mobile"] = Identity.Phone,
        ["phone_number"] = Identity.Phone,
        ["手机"] = Identity.Phone,
        ["手机号"] = Identity.Phone,
        ["unionid"] = Identity.UnionId,
        ["external_userid"] = Identity.ExternalUserId,
        ["姓名"] = "name",
        ["城市"] = "city",
        ["生日"] = "birthday",
    };

    private readonly Dictionary<string, string> _given;

    private FieldMap(Dictionary<string, string> given) => _given = given;

    /// <exception cref="CannotRunException">An entry is not of the form <c>column=field</c>.</exception>
    public static FieldMap Of(IEnumerable<string> entries)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            // The last one, because columns are called whatever people called them.
            var equals = entry.LastIndexOf('=');
            if (equals <= 0 || equals == entry.Length - 1)
            {
                throw new CannotRunException("bad_map", $"Expected --map column=field, or column=- to leave it out, but found '{entry}'.");
            }
            given[entry[..equals]] = entry[(equals + 1)..];
        }
        return new FieldMap(given);
    }

    /// <summary>Columns that were mapped and do not stand in the file; a slip of the pen that would lose data in silence.</summary>
    public IEnumerable<string> Missing(IReadOnlyCollection<string> columns) => _given.Keys.Where(column => !columns.Contains(column));

    public string FieldOf(string column) =>
        _given.TryGetValue(column, out var field) ? field : Usual.GetValueOrDefault(column.Trim(), column.Trim());
}
