using static Automation.Connectors.Testing.PromiseRun;

namespace Automation.Connectors.Testing.Promises;

/// <summary>Secrets, addresses and contents stay where they belong, whatever goes wrong.</summary>
internal static class SecrecyPromises
{
    private const string Content = "悄悄话-never-in-a-log";

    public static IReadOnlyList<Promise> All { get; } =
    [
        new("nothing_leaks", "No secret, address or content stands in a result, an exception or the log.", static _ => null, NothingLeaks),
    ];

    private static async Task NothingLeaks(PromiseRun run)
    {
        var said = new List<string>();
        var number = 0;
        Fault[] faults = run.Rig.SpeaksHttp
            ? [Fault.None, Fault.ResetAfterTaking, Fault.CutShort, Fault.WrongCharacters, Fault.Busy, Fault.InnerError]
            : [Fault.None];
        foreach (var fault in faults)
        {
            run.Vendor.Plan(fault);
            said.AddRange(await SayAsync(run, run.Connector, run.Rig.Message(++number, Content)));
        }

        if (run.Rig.RefusesSingly)
        {
            var refused = run.Rig.Message(++number, Content);
            run.Vendor.Memory.Refuse(run.Rig.ArrivalKey(refused));
            said.AddRange(await SayAsync(run, run.Connector, refused));
        }

        said.AddRange(await SayAsync(run, run.Connector, run.Rig.Message(++number, Content) with { Channel = "telegraph" }));
        said.Add((await run.Connector.HealthAsync(CancellationToken.None)).Text);
        said.Add(run.Account.ToString());
        said.Add(run.Connector.ToString() ?? "");
        said.AddRange(run.Logged);

        foreach (var text in said)
        {
            foreach (var (name, secret) in run.Account.Secrets)
            {
                Expect(!text.Contains(secret, StringComparison.Ordinal), $"Expected no secret in a text, but '{name}' stands in one.");
            }

            Expect(!text.Contains("-of-the-double", StringComparison.Ordinal), "Expected no token in a text, but one stands there.");
            Expect(!text.Contains("never-in-a-log", StringComparison.Ordinal), "Expected no content in a text, but it stands there.");
            for (var i = 1; i <= number; i++)
            {
                var address = run.Rig.AddressOf(i).Value;
                Expect(address.Length < 6 || !text.Contains(address, StringComparison.Ordinal), "Expected no address in a text, but one stands there.");
            }
        }
    }

    private static async Task<IEnumerable<string>> SayAsync(PromiseRun run, IConnector connector, OutgoingMessage message)
    {
        try
        {
            var results = await run.SoonAsync(connector.SendAsync([message], CancellationToken.None).AsTask(), "the call to return");
            return results.Select(result => $"{result.Text} {result.VendorCode} {result.Response}");
        }
        catch (Exception error) when (error is not PromiseBrokenException)
        {
            return [error.ToString()];
        }
    }
}
