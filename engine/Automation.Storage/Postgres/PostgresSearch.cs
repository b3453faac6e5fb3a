using System.Globalization;
using System.Text;
using NodaTime;
using Npgsql;

namespace Automation.Storage.Postgres;

/// <summary>Puts the filters people chose into a query of <c>Queries/</c>; values are always bound, never written into the text.</summary>
internal sealed class PostgresSearch
{
    private readonly StringBuilder _filters = new("true");
    private readonly List<NpgsqlParameter> _values = [];

    /// <param name="condition">With <c>?</c> where the value goes; nothing is added for a null value.</param>
    public PostgresSearch Where<T>(string condition, T? value)
    {
        if (value is null)
        {
            return this;
        }
        _values.Add(value switch
        {
            // A bound between two milliseconds means the later one, for "at or after" as for "before".
            Instant time => Statements.Of((time + Duration.FromNanoseconds(999_999)).ToUnixTimeMilliseconds()),
            Enum choice => Statements.Of(Convert.ToInt16(choice, CultureInfo.InvariantCulture)),
            _ => new NpgsqlParameter { Value = value },
        });
        var place = _values.Count.ToString(CultureInfo.InvariantCulture);
        _filters.Append(" AND ").Append(condition.Replace("?", "$" + place, StringComparison.Ordinal));
        return this;
    }

    /// <summary>Takes the filters so far for a place of their own in the query, and begins with none.</summary>
    public string Take()
    {
        var taken = _filters.ToString();
        _filters.Clear().Append("true");
        return taken;
    }

    /// <param name="places">More of the query's places, and what goes there.</param>
    public NpgsqlCommand Command(
        NpgsqlConnection connection, string query, int limit, string order = "", params ReadOnlySpan<(string Place, string Text)> places)
    {
        var text = PostgresSql.Query(query);
        foreach (var (place, filled) in places)
        {
            text = text.Replace(place, filled, StringComparison.Ordinal);
        }
        if (text.Contains("{limit}", StringComparison.Ordinal))
        {
            _values.Add(Statements.Of(limit));
        }
        var command = new NpgsqlCommand(
            text
                .Replace("{filters}", _filters.ToString(), StringComparison.Ordinal)
                .Replace("{order}", order, StringComparison.Ordinal)
                .Replace("{limit}", "$" + _values.Count.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal),
            connection);
        command.Parameters.AddRange(_values.ToArray());
        return command;
    }
}
