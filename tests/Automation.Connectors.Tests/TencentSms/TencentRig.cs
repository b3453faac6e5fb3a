using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Automation.Connectors.TencentSms;

namespace Automation.Connectors.Tests.TencentSms;

/// <summary>Tencent Cloud SMS as its documentation describes it, with the signature computed anew.</summary>
internal sealed partial class TencentRig : ConnectorRig
{
    public const string Key = "testSecretKey-which-is-long";
    public const string Token = "0123456789abcdef-token";

    private int _serial;

    public override IConnectorFactory Factory { get; } = new TencentSmsConnectorFactory();

    public override string Channel => "sms";

    public override bool ChecksTime => true;

    /// <summary>What the vendor's list tells of each message: number, serial, context.</summary>
    public List<(string Phone, string Serial, string Context)> Listed { get; } = [];

    /// <summary>The code of every number instead of <c>Ok</c>; null for the usual answer.</summary>
    public string? StatusOfAll { get; set; }

    /// <summary>The error of the whole call; null for none.</summary>
    public string? ErrorOfCall { get; set; }

    public override ConnectorAccount Account(Uri vendor) => Account(
        $$"""
        { "endpoint": "{{vendor}}", "secret_id": "testSecretId", "sdk_app_id": "1400006666", "sign": "腾讯云", "text_template": { "code": "1110" },
          "price_per_segment": 0.05 }
        """,
        ("secret_key", Key), ("callback_token", Token));

    public override bool IsSend(VendorRequest request) => request.Headers["X-TC-Action"] == "SendSms";

    public override VendorReply Busy(TimeSpan? retryAfter) => retryAfter is null ? Error("RequestLimitExceeded") : base.Busy(retryAfter);

    public override VendorReply InnerError() => Error("InternalError.Timeout");

    public override VendorReply Answer(VendorRequest request, VendorMemory memory)
    {
        var authorization = Authorization().Match(request.Headers["Authorization"]);
        var headers = authorization.Groups["signed"].Value.Split(';').Select(name => KeyValuePair.Create(name, request.Headers[name]));
        var (canonical, _) = Tc3Signature.Canonical(request.Body, headers);
        var time = DateTimeOffset.FromUnixTimeSeconds(long.Parse(request.Headers["X-TC-Timestamp"], CultureInfo.InvariantCulture));
        if (authorization.Groups["signature"].Value != Tc3Signature.Signature(Key, "sms", time, canonical)
            || authorization.Groups["day"].Value != time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
        {
            return Error("AuthFailure.SignatureFailure");
        }

        if ((time - memory.Now).Duration() > TimeSpan.FromMinutes(5))
        {
            return Error("AuthFailure.SignatureExpire");
        }

        if (ErrorOfCall is { } error)
        {
            return Error(error);
        }

        return request.Headers["X-TC-Action"] == "SendSms" ? Take(request.Json, memory) : List(request.Json);
    }

    public override VendorCallback ReceiptCallback(IReadOnlyList<ReceiptSample> receipts, DateTimeOffset now) => ProvenCallback(
        JsonSerializer.SerializeToUtf8Bytes(receipts.Select(one => new
        {
            user_receive_time = "2026-03-01 20:00:05",
            nationcode = "86",
            mobile = one.Message.To.Value[3..],
            report_status = one.Delivered ? "SUCCESS" : "FAIL",
            errmsg = one.Delivered ? "DELIVRD" : "MK:0001",
            description = "用户短信送达成功",
            sid = one.VendorMessageId,
        })),
        now);

    public override VendorCallback ProvenCallback(byte[] body, DateTimeOffset now) =>
        base.ProvenCallback(body, now) with { Query = new Dictionary<string, string> { ["token"] = Token } };

    public override VendorCallback Forged(VendorCallback callback) => callback with { Query = new Dictionary<string, string>() };

    private VendorReply Take(JsonElement asked, VendorMemory memory)
    {
        var phones = asked.GetProperty("PhoneNumberSet").EnumerateArray().Select(one => one.GetString()!).ToArray();
        var context = asked.GetProperty("SessionContext").GetString()!;
        if (phones.Length > 200 || context.Length >= 512)
        {
            return Error("LimitExceeded.PhoneNumberCountLimit");
        }

        var text = asked.TryGetProperty("TemplateParamSet", out var values) && values.GetArrayLength() > 0 ? values[0].GetString()! : "";
        return VendorReply.Json(new { Response = new { SendStatusSet = phones.Select(phone => Status(phone, text, context, memory)).ToArray(), RequestId = "a0aabda6" } });
    }

    private object Status(string phone, string text, string context, VendorMemory memory)
    {
        var code = StatusOfAll ?? (memory.Refuses(phone) ? "InvalidParameterValue.IncorrectPhoneNumber" : "Ok");
        if (code != "Ok")
        {
            return new { SerialNo = "", PhoneNumber = phone, Fee = 0, SessionContext = context, Code = code, Message = $"{phone} is wrong", IsoCode = "" };
        }

        var serial = $"2026:{Interlocked.Increment(ref _serial)}";
        memory.Take(phone, text);
        lock (Listed)
        {
            Listed.Add((phone, serial, context));
        }

        return new { SerialNo = serial, PhoneNumber = phone, Fee = 2, SessionContext = context, Code = "Ok", Message = "send success", IsoCode = "CN" };
    }

    private VendorReply List(JsonElement asked) => VendorReply.Json(new
    {
        Response = new
        {
            PullSmsSendStatusSet = Listed.Where(one => one.Phone == asked.GetProperty("PhoneNumber").GetString()).Select(one => new
            {
                Description = "DELIVRD",
                ReportStatus = "SUCCESS",
                PhoneNumber = one.Phone,
                SerialNo = one.Serial,
                UserReceiveTime = 1620734188,
                SessionContext = one.Context,
            }).ToArray(),
            RequestId = "8979fc1e",
        },
    });

    private static VendorReply Error(string code) =>
        VendorReply.Json(new { Response = new { Error = new { Code = code, Message = "a sentence" }, RequestId = "a0aabda6" } });

    [GeneratedRegex("^TC3-HMAC-SHA256 Credential=testSecretId/(?<day>[0-9-]{10})/sms/tc3_request, SignedHeaders=(?<signed>[^,]+), Signature=(?<signature>[0-9a-f]{64})$")]
    private static partial Regex Authorization();
}
