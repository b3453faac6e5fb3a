using Automation.Connectors;
using Automation.Runtime.Dispatch;

namespace Automation.Runtime.Tests.Dispatch;

/// <summary>The numbers that issue 4 asks for: a minute at each rate, under a simulated clock.</summary>
public sealed class AccountRatesTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(20, 1, 5, 300)]
    [InlineData(200, 1, 5, 100)]
    [InlineData(2_000, 1, 2, 60)]
    [InlineData(20, 100, 50, 500)]
    [InlineData(200, 100, 50, 500)]
    [InlineData(70, 100, 50, 500)]
    [InlineData(997, 100, 20, 150)]
    [InlineData(2_000, 100, 20, 500)]
    public void A_minute_holds_the_rate_and_no_second_is_over_it(int rate, int batchSize, int callFrom, int callTo)
    {
        var options = new DispatchOptions();
        var workers = batchSize >= options.BulkFrom ? options.BulkCallsMax : options.CallsMax;
        var sent = SimulatedDispatch.Run(Minute, seed: rate, new SimulatedDispatch.Account("acme/sms", rate, workers, batchSize, (callFrom, callTo)))["acme/sms"];

        Assert.InRange(sent.Sum(one => one.Count), rate * 60 * 0.98, rate * 60);
        Assert.InRange(SimulatedDispatch.MostInASecond(sent), 1, rate);
    }

    [Theory]
    [InlineData(20, 1)]
    [InlineData(200, 1)]
    [InlineData(2_000, 100)]
    public void Not_even_a_second_after_a_standstill_is_over_the_rate(int rate, int batchSize)
    {
        var account = new SimulatedDispatch.Account("acme/sms", rate, Workers: 128, batchSize, (2, 20)) { StandstillMilliseconds = 600 };

        var sent = SimulatedDispatch.Run(Minute, seed: rate, account)["acme/sms"];

        Assert.InRange(SimulatedDispatch.MostInASecond(sent), 1, rate);
        Assert.InRange(sent.Sum(one => one.Count), rate * 60 * 0.85, rate * 60);
    }

    [Fact]
    public void A_vendor_that_answers_after_half_a_minute_delays_no_other_account()
    {
        var alone = SimulatedDispatch.Run(Minute, seed: 1, Quick)["quick/sms"];
        var beside = SimulatedDispatch.Run(Minute, seed: 1, Quick, new SimulatedDispatch.Account("slow/sms", 200, 32, 1, (30_000, 30_000)));

        Assert.InRange(beside["quick/sms"].Sum(one => one.Count), alone.Sum(one => one.Count) * 0.99, 200 * 60);
        Assert.Equal(64, beside["slow/sms"].Sum(one => one.Count));
    }

    [Theory]
    [InlineData("""{ "messages_per_second": 20 }""", 50.0, 20.0)]
    [InlineData("""{ "messages_per_second": 200 }""", 50.0, 50.0)]
    [InlineData("""{ "messages_per_second": 200 }""", null, 200.0)]
    [InlineData("{}", 50.0, 50.0)]
    [InlineData("{}", null, null)]
    [InlineData("""{ "messages_per_second": "many" }""", 50.0, 50.0)]
    public void An_account_may_ask_for_less_than_its_channel_allows(string configuration, double? channel, double? expected)
    {
        var account = new ConnectorAccount { Key = "a", ConnectorKey = "vendor", Configuration = System.Text.Json.JsonElement.Parse(configuration) };
        var of = new FakeVendor().Manifest.Channels[0];

        Assert.Equal(expected, account.MessagesPerSecond(of with { Limits = of.Limits with { MessagesPerSecond = channel } }));
    }

    private static SimulatedDispatch.Account Quick => new("quick/sms", 200, 32, 1, (5, 100));
}
