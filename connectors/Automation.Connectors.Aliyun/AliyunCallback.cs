using System.Globalization;
using System.Text.Json;
using Automation.Connectors.Callbacks;
using Automation.Connectors.Sms;

namespace Automation.Connectors.Aliyun;

/// <summary>
/// Reads pushes: receipts (SmsReport) and replies (SmsUp), both lists of objects at one address. The vendor signs nothing, so the
/// token in the address is the proof.
/// </summary>
internal static class AliyunCallback
{
    // The vendor only looks whether code is a number; another status than 200 makes it come again.
    private static readonly CallbackReply Taken = new(200, """{"code":0,"msg":"成功"}""", "application/json");

    public static CallbackAnswer Read(VendorCallback callback, AliyunSmsOptions options)
    {
        if (!CallbackToken.IsIn(callback, options.CallbackToken))
        {
            return new CallbackAnswer { Reply = new CallbackReply(401, "", "text/plain") };
        }

        JsonElement list;
        try
        {
            list = JsonElement.Parse(callback.Body.Span);
        }
        catch (JsonException)
        {
            return new CallbackAnswer { Reply = new CallbackReply(400, "", "text/plain") };
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            return new CallbackAnswer { Reply = new CallbackReply(400, "", "text/plain") };
        }

        var receipts = new List<Receipt>();
        var events = new List<InboundEvent>();
        foreach (var item in list.EnumerateArray())
        {
            if (!SmsPhone.TryRead(AliyunCall.Text(item, "phone_number") ?? "", out var phone))
            {
                continue; // Not a report of anything we sent; its neighbours still count.
            }

            if (AliyunCall.Text(item, "biz_id") is { Length: > 0 } bizId)
            {
                receipts.Add(Receipt(item, bizId, phone, options, callback.ReceivedAt));
            }
            else if (AliyunCall.Text(item, "content") is { } text)
            {
                var evidence = new Dictionary<string, string?>
                {
                    ["extension"] = AliyunCall.Text(item, "dest_code"),
                    ["sign"] = AliyunCall.Text(item, "sign_name"),
                };
                events.AddRange(SmsInbound.Events(
                    phone, text, ChinaTime.Read(AliyunCall.Text(item, "send_time"), callback.ReceivedAt), AliyunCall.Text(item, "sequence_id"),
                    options.OptOut, evidence));
            }
        }

        return new CallbackAnswer { Reply = Taken, Receipts = receipts, Events = events };
    }

    private static Receipt Receipt(JsonElement item, string bizId, string phone, AliyunSmsOptions options, DateTimeOffset receivedAt)
    {
        var succeeded = item.TryGetProperty("success", out var success)
            && (success.ValueKind == JsonValueKind.True || (success.ValueKind == JsonValueKind.String && success.ValueEquals("true")));
        var code = AliyunCall.Text(item, "err_code");
        var segments = int.TryParse(AliyunCall.Text(item, "sms_size"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0;
        return new Receipt
        {
            MessageId = Guid.TryParseExact(AliyunCall.Text(item, "out_id"), "N", out var id) ? id : null,
            VendorMessageId = bizId,
            To = new Address("phone", phone),
            Status = succeeded ? ReceiptStatus.Delivered : ReceiptStatus.Failed,
            OccurredAt = ChinaTime.Read(AliyunCall.Text(item, "report_time"), receivedAt),
            Reason = succeeded ? null : CarrierCodes.Reason(code, options.CarrierCodes),
            VendorCode = code,
            Text = succeeded ? null : "Expected the message to arrive, but the carrier said that it did not.",
            Charge = segments > 0 ? options.Price.Of(segments) : null,
        };
    }
}
