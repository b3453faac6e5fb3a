using Automation.Storage.Ledger;

namespace Automation.Storage.Tests.Contracts;

/// <summary>A fact as an engine of before the seals' second form wrote it, and the seal it put over it.</summary>
internal static class OldLedger
{
    public const string Details = """{"looked":[{"field":"contact.city","operator":"=","needed":"上海","was":"北京","matched":false}]}""";

    /// <param name="revision">Null in a store of one partition.</param>
    public static (byte[] Hash, byte[] Checks) Seal(byte[] previous, long sequence, long at, long? revision)
    {
        using var builder = new SealBuilder();
        builder.Start(previous, revision, at: null);
        var names = new FactNames(new StoredName(null, "not_enrolled"), new StoredName(null, "welcome"), null, new StoredName(null, "audience_not_matched"), null);
        RecordLine.AppendFact(builder.Lines, sequence, 1, at, StoredCause.Of("timer"), names, 1, null, System.Text.Encoding.UTF8.GetBytes(Details));
        builder.EndLine();
        var checks = builder.Checks.ToArray();
        return (builder.Seal(), checks);
    }
}
