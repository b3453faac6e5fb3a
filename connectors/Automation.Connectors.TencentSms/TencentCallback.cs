using System.Globalization;
using System.Text.Json;
using Automation.Connectors.Callbacks;
using Automation.Connectors.Sms;

namespace Automation.Connectors.TencentSms;

/// <summary>
/// Reads pushes at one address: receipts are a list, a reply is one object. The vendor signs nothing, so the token in the address is
/// the proof.
/// </summary>
internal static class TencentCallback
{
    private static readonly CallbackReply Taken = new(200, """{"result":0,"errmsg":"OK"}""", "application/json");

    public static CallbackAnswer Read(VendorCallback callback, TencentSmsOptions options)
    {
        if (!CallbackToken.IsIn(callback, options.CallbackToken))
        {
            return new CallbackAnswer { Reply = new CallbackReply(401, "", "text/plain") };
        }

        try
        {
            var json = JsonElement.Parse(callback.Body.Span);
            return json.ValueKind switch
            {
                JsonValueKind.Array => new CallbackAnswer
                {
                    Reply = Taken,
                    Receipts = [.. json.EnumerateArray().Select(item => Receipt(item, options, callback.ReceivedAt)).OfType<Receipt>()],
                },
                JsonValueKind.Object => new CallbackAnswer { Reply = Taken, Events = [.. Reply(json, options, callback.ReceivedAt)] },
                _ => new CallbackAnswer { Reply = new CallbackReply(400, "", "text/plain") },
            };
        }
        catch (JsonException)
        {
            return new CallbackAnswer { Reply = new CallbackReply(400, "", "text/plain") };
        }
    }

    private static Receipt? Receipt(JsonElement item, TencentSmsOptions options, DateTimeOffset receivedAt)
    {
        if (TencentCall.Text(item, "sid") is not { Length: > 0 } serial)
        {
            return null;
        }

        var succeeded = TencentCall.Text(item, "report_status") == "SUCCESS";
        var code = TencentCall.Text(item, "errmsg");
        return new Receipt
        {
            VendorMessageId = serial,
            To = Phone(item) is { } phone ? new Address("phone", phone) : null,
            Status = succeeded ? ReceiptStatus.Delivered : ReceiptStatus.Failed,
            OccurredAt = ChinaTime.Read(TencentCall.Text(item, "user_receive_time"), receivedAt),
            Reason = succeeded ? null : CarrierCodes.Reason(code, options.CarrierCodes),
            VendorCode = code,
            Text = succeeded ? null : "Expected the message to arrive, but the carrier said that it did not.",
        };
    }

    private static IEnumerable<InboundEvent> Reply(JsonElement item, TencentSmsOptions options, DateTimeOffset receivedAt)
    {
        if (Phone(item) is not { } phone || TencentCall.Text(item, "text") is not { } text)
        {
            return [];
        }

        var at = long.TryParse(TencentCall.Text(item, "time"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : receivedAt;
        var evidence = new Dictionary<string, string?>
        {
            ["extension"] = TencentCall.Text(item, "extend"),
            ["sign"] = TencentCall.Text(item, "sign"),
        };
        return SmsInbound.Events(phone, text, at, vendorId: null, options.OptOut, evidence);
    }

    private static string? Phone(JsonElement item)
    {
        var nation = TencentCall.Text(item, "nationcode") ?? "86";
        return SmsPhone.TryRead($"+{nation}{TencentCall.Text(item, "mobile")}", out var phone) ? phone : null;
    }
}
