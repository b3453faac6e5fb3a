using Automation.Bus;
using Automation.Runtime.Ports;

namespace Automation.Runtime.Tests.Bus;

public sealed class InMemoryBusTests
{
    [Fact]
    public async Task An_envelope_arrives_as_it_was_published()
    {
        var arrived = new TaskCompletionSource<OutboxEnvelope>();
        await using var bus = new InMemoryBus(arrived.SetResult);
        await bus.StartAsync();
        var envelope = new OutboxEnvelope("vendor", "sms",
        [
            new QueuedMessage(Guid.NewGuid(), 7, 1, "welcome", "hello", "sms", "vendor", false, "phone", "+861", """{"text":"你好 🎉"}""", Given.Noon)
            {
                Template = "hello", QueuedAt = Given.Noon,
            },
            new QueuedMessage(Guid.NewGuid(), long.MaxValue, 6, "welcome", "call", "sms", "vendor", true, "", "", "{}", null),
        ]);

        await bus.PublishAsync(envelope, CancellationToken.None);

        var copy = await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal((envelope.Account, envelope.Channel), (copy.Account, copy.Channel));
        Assert.Equal(envelope.Messages, copy.Messages);
    }
}
