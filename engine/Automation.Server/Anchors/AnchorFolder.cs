using System.Globalization;
using System.Text.Json;
using Automation.Runtime.Ports;
using Automation.Server.Api;
using Automation.Server.Security;
using Automation.Server.Telling;
using NodaTime;
using NodaTime.Text;

namespace Automation.Server.Anchors;

/// <summary>
/// A folder that gets the signed anchor of every day that is over in the workspace's zone, a file a day. Days that were missed are made up
/// for, from the last file that is there, or else from the ledger's first day. A file that is there is never written again: where the
/// folder takes each name once, as storage that is locked against changes does, nobody can write another one afterwards.
/// </summary>
internal sealed class AnchorFolder(string directory, ILedgerStore ledger, IDefinitionStore definitions, SecretBox box)
{
    private const string Ending = ".anchor.json";

    private static readonly JsonSerializerOptions Written = new(ApiJson.Options) { WriteIndented = true, NewLine = "\n" };

    /// <summary>More in one go would only be a ledger whose anchors were never wanted before; the rest follows the next day.</summary>
    private const int DaysAtATime = 366;

    /// <returns>The days that were written, in their order.</returns>
    public async Task<IReadOnlyList<string>> WriteAsync(Instant now, CancellationToken cancellation)
    {
        var zone = (await WorkspaceTimes.ReadAsync(definitions, cancellation)).Zone;
        var today = now.InZone(zone).Date;
        var written = new List<string>();
        if (await FirstMissingAsync(zone, cancellation) is not { } day || day >= today)
        {
            return written;
        }
        Directory.CreateDirectory(directory);
        using var key = await new AnchorKey(definitions, box).OpenAsync(now, cancellation);
        for (; day < today && written.Count < DaysAtATime; day = day.PlusDays(1))
        {
            var name = LocalDatePattern.Iso.Format(day);
            var until = zone.AtStartOfDay(day.PlusDays(1)).ToInstant();
            Write(name, SignedAnchor.Sign(await LedgerAnchor.ReadAsync(ledger, name, until, cancellation), key));
            written.Add(name);
        }
        return written;
    }

    private async ValueTask<LocalDate?> FirstMissingAsync(DateTimeZone zone, CancellationToken cancellation)
    {
        var last = Directory.Exists(directory)
            ? Directory.EnumerateFiles(directory, "*" + Ending)
                .Select(file => LocalDatePattern.Iso.Parse(Path.GetFileName(file)[..^Ending.Length]))
                .Where(parsed => parsed.Success).Select(parsed => (LocalDate?)parsed.Value).Max()
            : null;
        if (last is { } known)
        {
            return known.PlusDays(1);
        }
        Instant? first = null;
        for (var partition = 0; partition < ledger.Partitions; partition++)
        {
            // Where there is no seal at the first record, the partition is empty: sequences begin with 1.
            if (await ledger.SealAtAsync(partition, 1, cancellation) is { } seal && !(first < seal.At))
            {
                first = seal.At;
            }
        }
        return first?.InZone(zone).Date;
    }

    // Whole or not at all: a process that dies leaves a file of another name.
    private void Write(string day, SignedAnchor anchor)
    {
        var path = Path.Combine(directory, day + Ending);
        var unfinished = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}");
        File.WriteAllBytes(unfinished, JsonSerializer.SerializeToUtf8Bytes(anchor, Written));
        try
        {
            File.Move(unfinished, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another node was faster, and its anchor is as good.
            File.Delete(unfinished);
        }
    }
}
