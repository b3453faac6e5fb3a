using System.Collections.Concurrent;
using System.Diagnostics;
using Automation.Runtime.Loop;
using Xunit;

namespace Automation.Server.Tests.Hosting;

public sealed class TraceTests
{
    [Fact]
    public async Task One_trace_goes_from_the_event_over_its_decision_to_the_call_of_the_vendor()
    {
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is EngineTrace.SourceName or "Microsoft.AspNetCore",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var server = await RunningServer.StartAsync(connectors: new FakeVendor());
        await Greeting.SetUpAsync(server);
        await Greeting.KnowsAsync(server, 1);
        var trace = ActivityTraceId.CreateRandom();
        using var request = server.Request(HttpMethod.Post, "/v1/track", Automation.Server.Security.Role.Write, """{ "userId": "u-1", "event": "came" }""");
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");

        Assert.Equal(200, (await server.SendAsync(request)).Status);
        var sent = Assert.Single(await server.UntilFactsAsync("message_sent", 1));

        var spans = ended.Where(one => one.TraceId == trace).ToList();
        var decided = Assert.Single(spans, one => one.OperationName == EngineTrace.Decide);
        var call = Assert.Single(spans, one => one.OperationName == EngineTrace.Send);
        Assert.Contains(spans, one => one.SpanId == decided.ParentSpanId && one.Source.Name == "Microsoft.AspNetCore");
        Assert.Equal(decided.SpanId, call.ParentSpanId);
        Assert.Contains((string)call.GetTagItem(EngineTrace.MessageTag)!, sent.Details, StringComparison.Ordinal);
        using var callback = new HttpRequestMessage(HttpMethod.Post, "/hooks/vendor")
        {
            Content = new StringContent($$"""{ "signature": "right", "delivered": "{{call.GetTagItem(EngineTrace.MessageTag)}}" }"""),
        };
        Assert.Equal(200, (await server.SendAsync(callback)).Status);
        await server.UntilFactsAsync("message_delivered", 1);
        // The receipt comes without a trace of ours; the message it names leads back to the call.
        Assert.Single(ended, one => one.Source.Name == "Microsoft.AspNetCore" && Equals(one.GetTagItem(EngineTrace.MessageTag), call.GetTagItem(EngineTrace.MessageTag)));
        Assert.Equal(("greet", "hi", "sent"), ((string)call.GetTagItem("automation.journey")!, (string)call.GetTagItem("automation.step")!, (string)call.GetTagItem("automation.outcome")!));
    }
}
