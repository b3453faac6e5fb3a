using System.Collections.Immutable;

namespace Automation.Core.Contacts;

/// <summary>A contact's quotas: reserve when a message is queued, consume when it is sent, release when it fails.</summary>
public static class Quotas
{
    public static Quota Find(ImmutableArray<Quota> quotas, string name)
    {
        foreach (var quota in quotas)
        {
            if (string.Equals(quota.Name, name, StringComparison.Ordinal))
            {
                return quota;
            }
        }
        return new Quota(name, 0, 0);
    }

    public static ImmutableArray<Quota> Reserve(ImmutableArray<Quota> quotas, string? name) =>
        Change(quotas, name, quota => quota with { Balance = quota.Balance - 1, Reserved = quota.Reserved + 1 });

    public static ImmutableArray<Quota> Consume(ImmutableArray<Quota> quotas, string? name) =>
        Change(quotas, name, quota => quota with { Reserved = Math.Max(0, quota.Reserved - 1) });

    public static ImmutableArray<Quota> Release(ImmutableArray<Quota> quotas, string? name) =>
        Change(quotas, name, quota => quota with { Balance = quota.Balance + 1, Reserved = Math.Max(0, quota.Reserved - 1) });

    /// <summary>The balance stops at 0.</summary>
    public static ImmutableArray<Quota> Add(ImmutableArray<Quota> quotas, string name, long amount) =>
        Change(quotas, name, quota => quota with { Balance = Math.Max(0, quota.Balance + amount) });

    private static ImmutableArray<Quota> Change(ImmutableArray<Quota> quotas, string? name, Func<Quota, Quota> change)
    {
        if (name is null)
        {
            return quotas;
        }
        for (var i = 0; i < quotas.Length; i++)
        {
            if (string.Equals(quotas[i].Name, name, StringComparison.Ordinal))
            {
                return quotas.SetItem(i, change(quotas[i]));
            }
        }
        return quotas.Add(change(new Quota(name, 0, 0)));
    }
}
