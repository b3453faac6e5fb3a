using Automation.Runtime.Ports;

namespace Automation.Runtime.Memory;

/// <summary>Messages that are not settled.</summary>
public sealed partial class InMemoryStore : IOutboxStore
{
    public ValueTask<IReadOnlyList<QueuedMessage>> QueuedAsync(Guid? after, int limit, CancellationToken cancellation)
    {
        lock (_gate)
        {
            var from = after is { } last ? _messageOrder.IndexOf(last) + 1 : 0;
            return List(
                _messageOrder.Skip(from).Select(id => _messages[id]).Where(row => row.Status == OutboxStatus.Queued).Select(QueuedOf), limit);
        }
    }

    public ValueTask<IReadOnlyList<QueuedMessage>> SendingAsync(int limit, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return List(Rows().Where(row => row.Status == OutboxStatus.Sending).Select(QueuedOf), limit);
        }
    }

    public ValueTask<IReadOnlyList<QueuedMessage>> ByIdAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return List(ids.Where(_messages.ContainsKey).Select(id => QueuedOf(_messages[id])), int.MaxValue);
        }
    }

    public ValueTask<IReadOnlyList<OpenMessage>> OpenAsync(OpenQuery query, CancellationToken cancellation)
    {
        lock (_gate)
        {
            var last = query.AfterId is { } id ? _messageOrder.IndexOf(id) : int.MaxValue;
            return List(
                _messageOrder.Select((one, place) => (Row: _messages[one], Place: place, At: _claimedAt.GetValueOrDefault(one)))
                    .Where(one => one.Row.Account == query.Account && one.Row.Status == query.Status && one.At <= query.Until)
                    .Where(one => one.Row.Status != OutboxStatus.Sent || _awaitingReceipt.Contains(one.Row.Id))
                    .Where(one => one.At > query.After || (one.At == query.After && one.Place > last))
                    .OrderBy(one => one.At).ThenBy(one => one.Place)
                    .Select(one => new OpenMessage(QueuedOf(one.Row), one.Row.VendorId)),
                query.Limit);
        }
    }

    public ValueTask<IReadOnlyList<Guid>> ByVendorIdAsync(
        string account, string vendorId, string? address, int limit, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return List(
                Rows().Where(row => row.Account == account && row.VendorId == vendorId && (address is null || row.Address == address))
                    .OrderByDescending(row => _awaitingReceipt.Contains(row.Id)).Select(row => row.Id),
                limit);
        }
    }

    private QueuedMessage QueuedOf(MessageRow row) => new(
        row.Id, row.Contact, row.Attempt, row.Journey, row.Step, row.Channel, row.Account, row.IsCall, row.AddressType, row.Address,
        row.Content, row.SendBefore, _claimedAt.TryGetValue(row.Id, out var at) ? at : null)
    {
        Template = row.Template, QueuedAt = row.ChangedAt ?? row.QueuedAt,
    };
}
