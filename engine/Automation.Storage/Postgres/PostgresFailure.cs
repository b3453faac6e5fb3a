using Automation.Runtime.Ports;
using Npgsql;

namespace Automation.Storage.Postgres;

/// <summary>The server's error codes as the errors the ports speak of. What is no answer of the server, such as a lost connection, stays what it is.</summary>
internal static class PostgresFailure
{
    /// <summary>Raised by our own functions, see 001_people.sql.</summary>
    private const string OtherRows = "AU409";
    private const string PartitionLost = "AU410";

    public static Exception Of(Exception error, int partition) => error is not PostgresException refused ? error : refused.SqlState switch
    {
        OtherRows => new StoreConflictException(refused.MessageText, refused),
        PostgresErrorCodes.UniqueViolation => new StoreConflictException($"Expected rows that are new, but one is there already: {refused.ConstraintName}.", refused),
        PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable =>
            new StoreConflictException("Expected to write what nobody else writes, but somebody does.", refused),
        PartitionLost => new PartitionLostException(partition, refused.MessageText, refused),
        PostgresErrorCodes.DiskFull or PostgresErrorCodes.IoError =>
            new StoreFullException("Expected room for the batch, but the disk of the database server is full.", refused),
        PostgresErrorCodes.ReadOnlySqlTransaction => new StoreUnusableException("store_read_only", "Expected a server that takes writes, but this one is a standby."),
        _ => error,
    };

    /// <summary>The connection ended, and whether the server did what it was asked last is not known.</summary>
    public static bool IsLostConnection(Exception error) => error is
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown }
        or NpgsqlException { InnerException: IOException or System.Net.Sockets.SocketException };

    /// <summary>For the moment of opening, where a person reads it.</summary>
    public static Exception OfOpening(Exception error) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification or PostgresErrorCodes.InsufficientPrivilege } refused =>
            new StoreUnusableException("store_refused", $"Expected to be let into the database, but the server says: {refused.MessageText}."),
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } refused =>
            new StoreUnusableException("store_missing", $"Expected a database to make the store in, but the server says: {refused.MessageText}."),
        PostgresException refused => Of(refused, 0),
        NpgsqlException or TimeoutException => new StoreUnusableException("store_not_reached", $"Expected a PostgreSQL server to answer, but none does: {error.Message}."),
        _ => error,
    };
}
