using System.Globalization;
using System.Text;
using Automation.Storage.Ledger;
using NodaTime;

namespace Automation.Storage.Sqlite;

/// <summary>Puts the filters people chose into a query of <c>Queries/</c>; values are always bound, never written into the text.</summary>
internal sealed class SearchText
{
    private readonly StringBuilder _filters = new("1");
    private readonly List<object> _values = [];

    /// <param name="condition">With <c>?</c> where the value goes; nothing is added for a null value.</param>
    public SearchText Where(string condition, object? value)
    {
        if (value is null)
        {
            return this;
        }
        _values.Add(value);
        var place = _values.Count.ToString(CultureInfo.InvariantCulture);
        _filters.Append(" AND ").Append(condition.Replace("?", "?" + place, StringComparison.Ordinal).Replace('\u0001', '?'));
        return this;
    }

    /// <param name="condition">With <c>?</c> for the first value and <c>{0}</c> for the second; nothing is added where one is null.</param>
    public SearchText Where(string condition, long? first, long? second)
    {
        if (first is null || second is not { } other)
        {
            return this;
        }
        _values.Add(other);
        return Where(condition.Replace("{0}", "\u0001" + _values.Count.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), first);
    }

    public SqliteStatement Prepare(SqliteDatabase database, string query, int limit, string source = "", string order = "")
    {
        var text = SqlText.Query(query)
            .Replace("{source}", source, StringComparison.Ordinal)
            .Replace("{filters}", _filters.ToString(), StringComparison.Ordinal)
            .Replace("{order}", order, StringComparison.Ordinal)
            .Replace("{limit}", "?" + (_values.Count + 1).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var statement = database.PrepareOnce(text);
        for (var i = 0; i < _values.Count; i++)
        {
            Bind(statement, i + 1, _values[i]);
        }
        return statement.Bind(_values.Count + 1, limit);
    }

    private static void Bind(SqliteStatement statement, int place, object value) => _ = value switch
    {
        StoredName name => statement.Bind(place, name),
        // A bound between two milliseconds means the later one, for "at or after" as for "before".
        Instant time => statement.Bind(place, (time + Duration.FromNanoseconds(999_999)).ToUnixTimeMilliseconds()),
        Guid id => statement.Bind(place, id),
        string text => statement.Bind(place, text),
        long or int or Enum => statement.Bind(place, Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        _ => throw new ArgumentException($"Expected a value that can be bound, but found a {value.GetType().Name}.", nameof(value)),
    };
}
