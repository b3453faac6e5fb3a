using System.Collections.Concurrent;

namespace Automation.Connectors.Testing;

/// <summary>A double, a connector and a clock for the trying of one promise; and the questions promises ask of them.</summary>
public sealed class PromiseRun : IAsyncDisposable
{
    private PromiseRun(ConnectorRig rig, ManualClock clock, VendorDouble vendor)
    {
        Rig = rig;
        Clock = clock;
        Vendor = vendor;
        Account = rig.Account(vendor.Address);
        Services = new ConnectorServices
        {
            Time = clock,
            Tokens = new Tokens.ProcessTokenStore(clock),
            Log = (level, text, error) => Logged.Enqueue($"{level}: {text} {error}"),
        };
        Connector = rig.Factory.Create(Account, Services);
    }

    /// <summary>The author's part.</summary>
    public ConnectorRig Rig { get; }

    /// <summary>The connector's clock.</summary>
    public ManualClock Clock { get; }

    /// <summary>The vendor.</summary>
    public VendorDouble Vendor { get; }

    /// <summary>The account under test.</summary>
    public ConnectorAccount Account { get; }

    /// <summary>What the connector was lent.</summary>
    public ConnectorServices Services { get; }

    /// <summary>The connector.</summary>
    public IConnector Connector { get; }

    /// <summary>What it wrote to the log.</summary>
    public ConcurrentQueue<string> Logged { get; } = [];

    /// <summary>Its channel's limits.</summary>
    public ChannelLimits Limits => Rig.Factory.Manifest.Channel(Rig.Channel)!.Limits;

    /// <summary>Whether a repeated id reaches a person once.</summary>
    public bool IsIdempotent => Account.Idempotency(Rig.Factory.Manifest) == Idempotency.ByMessageId;

    /// <summary>What arrived so far.</summary>
    public IReadOnlyCollection<(string Key, string Text)> Arrivals => Rig.Arrivals(Vendor.Memory);

    /// <summary>Starts a run.</summary>
    /// <param name="rig">The author's part.</param>
    public static async Task<PromiseRun> StartAsync(ConnectorRig rig)
    {
        var clock = new ManualClock();
        return new PromiseRun(rig, clock, await VendorDouble.StartAsync(rig, clock));
    }

    /// <summary>Breaks the promise unless a condition holds.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="text">One sentence, "Expected …, but …".</param>
    public static void Expect(bool condition, string text)
    {
        if (!condition)
        {
            throw new PromiseBrokenException(text);
        }
    }

    /// <summary>Messages 1 to <paramref name="count"/>.</summary>
    /// <param name="count">How many.</param>
    public OutgoingMessage[] Messages(int count) => [.. Enumerable.Range(1, count).Select(number => Rig.Message(number, "您好"))];

    /// <summary>Sends, and checks the form of the answer: a result for each message, in order, with a reason exactly where one belongs.</summary>
    /// <param name="batch">The messages.</param>
    public Task<IReadOnlyList<SendResult>> SendAsync(params OutgoingMessage[] batch) => SendAsync(batch, CancellationToken.None);

    /// <summary>Sends, as above, with a way to cancel.</summary>
    /// <param name="batch">The messages.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public async Task<IReadOnlyList<SendResult>> SendAsync(OutgoingMessage[] batch, CancellationToken cancellation)
    {
        IReadOnlyList<SendResult> results;
        try
        {
            results = await SoonAsync(Connector.SendAsync(batch, cancellation).AsTask(), "the call to return");
        }
        catch (ConnectorNotSentException error)
        {
            results = [.. batch.Select(message => SendResult.Failed(message, error.Reason, error.Message, null, error.RetryAfter))];
        }

        Expect(results.Count == batch.Length, $"Expected {batch.Length} results, but got {results.Count}.");
        for (var i = 0; i < batch.Length; i++)
        {
            Expect(results[i].MessageId == batch[i].Id, "Expected the results in the order of the batch, but got another order.");
            var needsReason = results[i].Outcome is SendOutcome.Failed or SendOutcome.Unknown;
            Expect(needsReason == results[i].Reason is not null, $"Expected a reason exactly with failures, but {Shown(results[i])}.");
            Expect(!needsReason || !string.IsNullOrEmpty(results[i].Text), $"Expected a sentence with every failure, but {Shown(results[i])} has none.");
        }

        return results;
    }

    /// <summary>
    /// The one rule behind all faults: what arrived is never called failed (unless it may safely be repeated), and what did not arrive is
    /// never called sent.
    /// </summary>
    /// <param name="batch">The messages.</param>
    /// <param name="results">Their results.</param>
    public void ExpectTruth(IReadOnlyList<OutgoingMessage> batch, IReadOnlyList<SendResult> results)
    {
        var arrived = Arrivals.Select(arrival => arrival.Key).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < batch.Count; i++)
        {
            var result = results[i];
            if (arrived.Contains(Rig.ArrivalKey(batch[i])))
            {
                var mayBeRepeated = IsIdempotent && result.Reason == FailureReason.RetryLater;
                Expect(result.Outcome != SendOutcome.Failed || mayBeRepeated, $"Expected no failure for a message that arrived, but got {Shown(result)}.");
            }
            else
            {
                Expect(
                    result.Outcome is SendOutcome.Failed or SendOutcome.Unknown,
                    $"Expected no success for a message that never arrived, but got {Shown(result)}.");
            }
        }
    }

    /// <summary>Moves the clock a second at a time, with a byte of a dripping answer each, until a call returns.</summary>
    /// <param name="call">The call.</param>
    public async Task<T> OutlastAsync<T>(Task<T> call)
    {
        await SoonAsync(Vendor.Held, "the request to reach the vendor");
        for (var passed = TimeSpan.Zero; passed < Rig.CallTimeMax && !call.IsCompleted; passed += TimeSpan.FromSeconds(1))
        {
            Vendor.Drip();
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        return await SoonAsync(call, $"the call to end within {Rig.CallTimeMax.TotalSeconds} s of the connector's clock");
    }

    /// <summary>Waits for what should happen at once.</summary>
    /// <param name="task">What is waited for.</param>
    /// <param name="what">Its name in the sentence.</param>
    public async Task<T> SoonAsync<T>(Task<T> task, string what)
    {
        await SoonAsync((Task)task, what);
        return await task;
    }

    /// <summary>Waits for what should happen at once.</summary>
    /// <param name="task">What is waited for.</param>
    /// <param name="what">Its name in the sentence.</param>
    public async Task SoonAsync(Task task, string what)
    {
        try
        {
            await task.WaitAsync(Rig.Patience);
        }
        catch (TimeoutException)
        {
            throw new PromiseBrokenException($"Expected {what}, but it did not.{(Vendor.Failure is { } error ? " " + error.Message : "")}");
        }
    }

    /// <summary>A result as a sentence shows it.</summary>
    /// <param name="result">The result.</param>
    public static string Shown(SendResult result) =>
        $"{result.Outcome} {result.Reason?.Code()} {result.VendorCode}".Trim() + (result.Text is null ? "" : $" ({result.Text})");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Vendor.DisposeAsync();
        await Connector.DisposeAsync();
    }
}
