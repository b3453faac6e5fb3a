using Automation.Core.Primitives;
using Automation.Storage.Ledger;

namespace Automation.Storage.Sqlite;

/// <summary>Walks events and facts in their common order, without making objects of them.</summary>
internal sealed class MergedRecords : ISealedRecords
{
    private const long NoLimit = -1;

    private readonly StoreReader _reader;
    private readonly SqliteStatement _event;
    private readonly SqliteStatement _fact;
    private long? _eventKey;
    private long? _factKey;
    private bool _started;

    public MergedRecords(StoreReader reader, long after, long last)
    {
        _reader = reader;
        _event = reader.Query("events_between").Bind(1, after).Bind(2, last).Bind(3, NoLimit);
        _fact = reader.Query("facts_between").Bind(1, after).Bind(2, last).Bind(3, NoLimit);
    }

    public long Events { get; private set; }

    public long Facts { get; private set; }

    public long? Key => (_eventKey, _factKey) switch
    {
        ({ } x, { } y) => Math.Min(x, y),
        (var x, var y) => x ?? y,
    };

    private bool AtEvent => _eventKey is { } x && (_factKey is not { } y || x <= y);

    public void Next()
    {
        if (!_started)
        {
            _started = true;
            StepEvent();
            StepFact();
        }
        else if (AtEvent)
        {
            Events++;
            StepEvent();
        }
        else
        {
            Facts++;
            StepFact();
        }
    }

    public void AppendLine(ByteBuffer to)
    {
        if (AtEvent)
        {
            RecordRows.AppendEvent(to, _reader, _event);
        }
        else
        {
            RecordRows.AppendFact(to, _reader, _fact);
        }
    }

    public void Stop()
    {
        _event.Reset();
        _fact.Reset();
    }

    private void StepEvent() => _eventKey = _event.Step() ? _event.Long(0) : null;

    private void StepFact() => _factKey = _fact.Step() ? _fact.Long(0) : null;
}
