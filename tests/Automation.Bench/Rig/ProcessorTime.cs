using System.Globalization;

namespace Automation.Bench.Rig;

/// <summary>Processor time of a server and all the processes it started, ended ones included, as Linux counts it in <c>/proc</c>.</summary>
internal static class ProcessorTime
{
    // USER_HZ, fixed for every program since Linux 2.4.
    private const double TicksASecond = 100;

    public static TimeSpan OfTree(int processId)
    {
        var all = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _))
            .Select(name => Read(name!)).OfType<(int Id, int Parent, long Ticks)>().ToList();
        var children = all.ToLookup(process => process.Parent);
        var ticks = 0L;
        var open = new Stack<(int Id, int Parent, long Ticks)>(all.Where(process => process.Id == processId));
        while (open.TryPop(out var process))
        {
            ticks += process.Ticks;
            foreach (var child in children[process.Id])
            {
                open.Push(child);
            }
        }
        return TimeSpan.FromSeconds(ticks / TicksASecond);
    }

    // Fields 14 to 17 of proc(5): its own time in user and kernel mode, and that of children it has waited for.
    private static (int Id, int Parent, long Ticks)? Read(string id)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{id}/stat");
            // The name stands in brackets and may hold anything.
            var fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
            return (int.Parse(id, CultureInfo.InvariantCulture), int.Parse(fields[1], CultureInfo.InvariantCulture),
                fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
