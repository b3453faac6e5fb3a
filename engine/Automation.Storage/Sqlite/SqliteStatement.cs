using System.Text;
using Automation.Storage.Ledger;
using NodaTime;
using SQLitePCL;

namespace Automation.Storage.Sqlite;

/// <summary>A prepared statement: bind by place (from 1), step, read columns (from 0), reset. Nothing here allocates but texts that are asked for.</summary>
internal sealed class SqliteStatement(SqliteDatabase database, sqlite3_stmt statement) : IDisposable
{
    private readonly nint _handle = statement.DangerousGetHandle();
    private byte[] _encoded = new byte[512];

    public SqliteStatement Bind(int place, long value)
    {
        Require(SqliteNative.BindLong(_handle, place, value));
        return this;
    }

    public SqliteStatement Bind(int place, long? value) => value is { } known ? Bind(place, known) : BindNull(place);

    public SqliteStatement BindNull(int place)
    {
        Require(SqliteNative.BindNull(_handle, place));
        return this;
    }

    public SqliteStatement Bind(int place, string? value)
    {
        if (value is null)
        {
            return BindNull(place);
        }
        var room = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (room > _encoded.Length)
        {
            _encoded = new byte[room];
        }
        return BindText(place, _encoded.AsSpan(0, Encoding.UTF8.GetBytes(value, _encoded)));
    }

    public unsafe SqliteStatement BindText(int place, ReadOnlySpan<byte> utf8)
    {
        // An empty span has no address, and SQLite takes a missing address for NULL.
        var present = utf8.IsEmpty ? Empty : utf8;
        fixed (byte* address = present)
        {
            Require(SqliteNative.BindText(_handle, place, address, utf8.Length, SqliteNative.Transient));
        }
        return this;
    }

    public unsafe SqliteStatement BindBlob(int place, ReadOnlySpan<byte> bytes)
    {
        var present = bytes.IsEmpty ? Empty : bytes;
        fixed (byte* address = present)
        {
            Require(SqliteNative.BindBlob(_handle, place, address, bytes.Length, SqliteNative.Transient));
        }
        return this;
    }

    public SqliteStatement Bind(int place, Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BindBlob(place, bytes);
    }

    public SqliteStatement Bind(int place, StoredName? name) =>
        name is null ? BindNull(place) : name.Id is { } id ? Bind(place, id) : Bind(place, name.Text);

    /// <summary>In whole milliseconds; a finer time is rounded down.</summary>
    public SqliteStatement Bind(int place, Instant? time) => Bind(place, time?.ToUnixTimeMilliseconds());

    /// <summary>To the next row; false after the last, and then the statement is ready to be bound again.</summary>
    public bool Step()
    {
        var code = SqliteNative.Step(_handle);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }
        var failure = code == raw.SQLITE_DONE ? null : database.Failure();
        _ = SqliteNative.Reset(_handle);
        return failure is null ? false : throw failure;
    }

    /// <summary>For statements that give no rows.</summary>
    public void Run()
    {
        while (Step())
        {
        }
    }

    public void Reset() => _ = SqliteNative.Reset(_handle);

    public bool IsNull(int column) => SqliteNative.ColumnType(_handle, column) == raw.SQLITE_NULL;

    public bool IsInteger(int column) => SqliteNative.ColumnType(_handle, column) == raw.SQLITE_INTEGER;

    public bool IsBlob(int column) => SqliteNative.ColumnType(_handle, column) == raw.SQLITE_BLOB;

    public long Long(int column) => SqliteNative.ColumnLong(_handle, column);

    public int Int(int column) => checked((int)Long(column));

    public long? OptionalLong(int column) => IsNull(column) ? null : Long(column);

    public int? OptionalInt(int column) => IsNull(column) ? null : Int(column);

    /// <summary>The bytes of a blob, or the UTF-8 of a text; valid until the next step.</summary>
    public unsafe ReadOnlySpan<byte> Bytes(int column)
    {
        var address = SqliteNative.ColumnBlob(_handle, column);
        return new ReadOnlySpan<byte>(address, SqliteNative.ColumnBytes(_handle, column));
    }

    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    public string? OptionalText(int column) => IsNull(column) ? null : Text(column);

    public Guid Id(int column)
    {
        var bytes = Bytes(column);
        return bytes.Length == 16 ? new Guid(bytes, bigEndian: true) : default;
    }

    public Instant Time(int column) => Instant.FromUnixTimeMilliseconds(Long(column));

    public Instant? OptionalTime(int column) => IsNull(column) ? null : Time(column);

    public void Dispose() => statement.Dispose();

    private static ReadOnlySpan<byte> Empty => [0];

    private void Require(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw database.Failure();
        }
    }
}
