using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Automation.Sandbox.WeCom;

/// <summary>A task that a member must confirm.</summary>
/// <param name="IsGroup">Whether <paramref name="To"/> are groups.</param>
public sealed record MassTask(string Id, string Member, bool IsGroup, IReadOnlyList<string> To, string Text, DateTimeOffset CreatedAt)
{
    /// <summary>When the member sent it; null while it waits.</summary>
    public DateTimeOffset? ConfirmedAt { get; internal set; }

    /// <summary>When it was cancelled.</summary>
    public DateTimeOffset? CancelledAt { get; internal set; }

    /// <summary>How often the member was reminded.</summary>
    public int Reminders { get; internal set; }

    internal Dictionary<string, int> Statuses { get; } = new(StringComparer.Ordinal);
}

/// <summary>The tasks, and what became of each customer of them: 0 waits, 1 sent, 2 no friend, 3 over the limit.</summary>
internal sealed class MassTasks(SandboxOptions options, WeComBook book, Phones phones)
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, MassTask> _tasks = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Customer, int Month), int> _received = [];
    private int _count;

    public IEnumerable<MassTask> All => _tasks.Values.OrderBy(task => task.CreatedAt).ThenBy(task => task.Id, StringComparer.Ordinal);

    public MassTask Create(string member, bool isGroup, IReadOnlyList<string> to, string text)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"msgSANDBOX{Interlocked.Increment(ref _count):D8}");
        return _tasks[id] = new MassTask(id, member, isGroup, to, text, options.Time.GetUtcNow());
    }

    /// <summary>As it stands now; a member who confirms by themselves may have done so meanwhile.</summary>
    public MassTask? Find(string id)
    {
        if (!_tasks.TryGetValue(id, out var task))
        {
            return null;
        }
        if (options.MembersConfirmAfter is { } after && task is { ConfirmedAt: null, CancelledAt: null } && Share(id, "forgets") >= options.MembersForget)
        {
            var at = task.CreatedAt + (after * (1 + Share(id, "when")));
            if (at <= options.Time.GetUtcNow())
            {
                Confirm(task, at);
            }
        }
        return task;
    }

    /// <summary>The member presses the button.</summary>
    public void Confirm(MassTask task, DateTimeOffset at)
    {
        lock (_lock)
        {
            if (task.ConfirmedAt is not null || task.CancelledAt is not null)
            {
                return;
            }
            task.ConfirmedAt = at;
            foreach (var to in task.To)
            {
                var status = Status(task, to, at);
                task.Statuses[to] = status;
                if (status == 1)
                {
                    phones.Show(SandboxAccounts.WeCom, task.IsGroup ? "group" : "customer", to, task.Member, task.Text, at);
                }
            }
        }
    }

    private int Status(MassTask task, string to, DateTimeOffset at)
    {
        var isThere = task.IsGroup
            ? book.Groups.ContainsKey(to)
            : options.EverybodyIsThere || (book.Customers.TryGetValue(to, out var customer) && customer.Members.ContainsKey(task.Member));
        if (!isThere)
        {
            return 2;
        }
        // A customer gets as many as the month has days.
        var month = (to, (at.Year * 12) + at.Month);
        var had = _received.GetValueOrDefault(month);
        if (had >= DateTime.DaysInMonth(at.Year, at.Month))
        {
            return 3;
        }
        _received[month] = had + 1;
        return 1;
    }

    private static double Share(string id, string what) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{what} {id}"))[0] / 256.0;
}
