using Automation.Runtime.Ports;
using NodaTime;

namespace Automation.Runtime.Audit;

/// <summary>Counts the facts anew and compares with what the store has counted, hour by hour.</summary>
/// <param name="since">Hours that began before are not compared: some of their facts were dropped, and their counts stay.</param>
public sealed class Recounting(Instant? since = null)
{
    private readonly Dictionary<int, Dictionary<TallyKey, long>> _hours = [];
    private readonly int _first = since is { } from ? TallyHours.After(from) : int.MinValue;

    public long Counts { get; private set; }

    public long Differing { get; private set; }

    public void Add(in LedgerRecord record)
    {
        if (record.Fact is not { } fact || TallyHours.Of(fact.At) < _first)
        {
            return;
        }
        var hour = TallyHours.Of(fact.At);
        if (!_hours.TryGetValue(hour, out var counts))
        {
            _hours.Add(hour, counts = []);
        }
        var key = TallyKey.Of(fact.Fact);
        counts[key] = counts.GetValueOrDefault(key) + 1;
    }

    /// <summary>For who has no other use for the records.</summary>
    public async Task ReadAsync(ILedgerStore ledger, IProgress<long>? progress, CancellationToken cancellation)
    {
        var read = 0L;
        await foreach (var record in MergedPartitions.RecordsAsync(ledger, cancellation))
        {
            Add(record);
            if (++read % 10_000 == 0)
            {
                progress?.Report(read);
            }
        }
    }

    public async Task CompareAsync(ILedgerStore ledger, CancellationToken cancellation)
    {
        var stored = 0L;
        foreach (var (hour, counts) in _hours)
        {
            var kept = await ledger.TalliesAsync(new TallyQuery(TallyHours.Start(hour), TallyHours.Start(hour + 1)), cancellation);
            var known = kept.ToDictionary(one => one.Key, one => one.Count);
            Counts += counts.Count;
            Differing += counts.Count(one => known.GetValueOrDefault(one.Key) != one.Value) + known.Keys.Count(key => !counts.ContainsKey(key));
            stored += known.Values.Sum();
        }
        // Hours of which no fact is left would not be seen above.
        var from = _first == int.MinValue ? Instant.FromUnixTimeTicks(0) : TallyHours.Start(_first);
        var all = await ledger.TalliesAsync(new TallyQuery(from, Instant.FromUtc(9999, 1, 1, 0, 0)), cancellation);
        if (all.Sum(one => one.Count) != stored)
        {
            Differing++;
        }
    }
}
