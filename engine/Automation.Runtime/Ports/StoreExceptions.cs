namespace Automation.Runtime.Ports;

/// <summary>The store has no room; nothing of the batch was written. Callers answer 503 and keep what is in flight.</summary>
public sealed class StoreFullException(string message, Exception inner) : Exception(message, inner);

/// <summary>The batch holds something that is stored already: an event's message id, a message, a contact. Nothing of it was written.</summary>
public sealed class StoreConflictException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The store cannot be used as it is: locked, damaged, read-only, or of a newer engine. <see cref="Code"/> is stable.</summary>
public sealed class StoreUnusableException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}

/// <summary>
/// Another owner has the partition, or the place in its sequence is not where this owner left it. Nothing of the batch was written,
/// and nothing this owner commits will be: its loop stops.
/// </summary>
public sealed class PartitionLostException(int partition, string message, Exception? inner = null) : Exception(message, inner)
{
    public int Partition { get; } = partition;
}
