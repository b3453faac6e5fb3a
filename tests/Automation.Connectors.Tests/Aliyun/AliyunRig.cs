using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Automation.Connectors.Aliyun;
using Automation.Connectors.Sms;

namespace Automation.Connectors.Tests.Aliyun;

/// <summary>Alibaba Cloud SMS as its documentation describes it, with the signature computed anew.</summary>
internal sealed partial class AliyunRig(string more = "") : ConnectorRig
{
    public const string KeyId = "testAk";
    public const string Secret = "testSecret-which-is-long";
    public const string Token = "0123456789abcdef-token";

    private int _batches;

    public override IConnectorFactory Factory { get; } = new AliyunSmsConnectorFactory();

    public override string Channel => "sms";

    public override bool ChecksTime => true;

    /// <summary>What the vendor's list tells of each message: number, OutId, BizId, template, time.</summary>
    public List<(string Number, string OutId, string BizId, string Template, DateTimeOffset At)> Listed { get; } = [];

    /// <summary>The code that the vendor answers instead; null for its usual answer.</summary>
    public (string Code, string Message, int Status)? Refusal { get; set; }

    public override ConnectorAccount Account(Uri vendor) => Account(
        $$"""
        { "endpoint": "{{vendor}}", "access_key_id": "{{KeyId}}", "sign": "阿里云", "text_template": { "code": "SMS_1" }{{more}} }
        """,
        ("access_key_secret", Secret), ("callback_token", Token));

    public override bool IsSend(VendorRequest request) => request.Headers["x-acs-action"] is "SendSms" or "SendBatchSms";

    public override VendorReply Busy(TimeSpan? retryAfter) => retryAfter is null
        ? Error("Throttling.User", "Request was denied due to user flow control.", 400)
        : base.Busy(retryAfter);

    public override VendorReply InnerError() => Error("isp.SYSTEM_ERROR", "system error");

    public override VendorReply Answer(VendorRequest request, VendorMemory memory)
    {
        if (Wrong(request, memory) is { } wrong)
        {
            return wrong;
        }

        var form = request.Form;
        return request.Headers["x-acs-action"] switch
        {
            "QuerySendDetails" => Details(form),
            "SendSms" => Take(
                [form["PhoneNumbers"]], form["TemplateCode"], [Parse(form.GetValueOrDefault("TemplateParam") ?? "{}")],
                form.GetValueOrDefault("OutId") ?? "", memory),
            "SendBatchSms" => Batch(form, memory),
            var other => Error("InvalidAction.NotFound", $"unexpected {other}", 404),
        };
    }

    public override VendorCallback ReceiptCallback(IReadOnlyList<ReceiptSample> receipts, DateTimeOffset now) => ProvenCallback(
        JsonSerializer.SerializeToUtf8Bytes(receipts.Select(one => new
        {
            phone_number = one.Message.To.Value[3..],
            send_time = "2026-03-01 20:00:00",
            report_time = "2026-03-01 20:00:05",
            success = one.Delivered,
            err_code = one.Delivered ? "DELIVERED" : "MK:0001",
            err_msg = "用户接收成功",
            sms_size = "2",
            biz_id = one.VendorMessageId,
        })),
        now);

    public override VendorCallback ProvenCallback(byte[] body, DateTimeOffset now) =>
        base.ProvenCallback(body, now) with { Query = new Dictionary<string, string> { ["token"] = Token } };

    public override VendorCallback Forged(VendorCallback callback) =>
        callback with { Query = new Dictionary<string, string> { ["token"] = "0123456789abcdef-guess" } };

    private VendorReply? Wrong(VendorRequest request, VendorMemory memory)
    {
        if (Refusal is { } refusal)
        {
            return Error(refusal.Code, refusal.Message, refusal.Status);
        }

        var authorization = Authorization().Match(request.Headers["Authorization"]);
        var headers = authorization.Groups["signed"].Value.Split(';').Select(name => KeyValuePair.Create(name, request.Headers[name])).ToArray();
        var (canonical, _) = Acs3Signature.Canonical(request.Method, request.Path, request.RawQuery, headers);
        if (request.Headers["x-acs-content-sha256"] != Acs3Signature.Hash(request.Body)
            || authorization.Groups["signature"].Value != Acs3Signature.Signature(Secret, canonical)
            || !headers.Any(one => one.Key == "host"))
        {
            return Error("SignatureDoesNotMatch", "Specified signature is not matched with our calculation.", 400);
        }

        var time = DateTimeOffset.Parse(request.Headers["x-acs-date"], CultureInfo.InvariantCulture);
        return (time - memory.Now).Duration() > TimeSpan.FromMinutes(15)
            ? Error("InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.", 400)
            : null;
    }

    private VendorReply Batch(IReadOnlyDictionary<string, string> form, VendorMemory memory)
    {
        var numbers = Parse(form["PhoneNumberJson"]).EnumerateArray().Select(one => one.GetString()!).ToArray();
        var signs = Parse(form["SignNameJson"]).GetArrayLength();
        var values = Parse(form["TemplateParamJson"]).EnumerateArray().ToArray();
        return signs != numbers.Length || values.Length != numbers.Length || numbers.Length > 100 || numbers.Distinct().Count() != numbers.Length
            ? Error("isv.INVALID_PARAMETERS", "lists of different lengths, or a number twice")
            : Take(numbers, form["TemplateCode"], values, form.GetValueOrDefault("OutId") ?? "", memory);
    }

    private VendorReply Take(string[] numbers, string template, JsonElement[] values, string outId, VendorMemory memory)
    {
        if (numbers.Any(number => memory.Refuses(Key(number))))
        {
            return Error("isv.MOBILE_NUMBER_ILLEGAL", $"{numbers[0]}非法手机号");
        }

        var bizId = $"9006197469364984{Interlocked.Increment(ref _batches):D4}";
        for (var i = 0; i < numbers.Length; i++)
        {
            memory.Take(Key(numbers[i]), values[i].TryGetProperty("text", out var text) ? text.GetString()! : values[i].GetRawText());
            lock (Listed)
            {
                Listed.Add((numbers[i], outId, bizId, template, memory.Now));
            }
        }

        return VendorReply.Json(new { Code = "OK", Message = "OK", BizId = bizId, RequestId = "F655A8D5" });
    }

    private VendorReply Details(IReadOnlyDictionary<string, string> form)
    {
        var found = Listed
            .Where(one => one.Number == form["PhoneNumber"] && ChinaTime.Day(one.At) == form["SendDate"])
            .Where(one => !form.TryGetValue("BizId", out var bizId) || bizId == one.BizId)
            .Select(one => new
            {
                PhoneNum = one.Number,
                SendStatus = 3,
                ErrCode = "DELIVERED",
                TemplateCode = one.Template,
                SendDate = one.At.ToOffset(ChinaTime.Offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                one.OutId,
            })
            .ToArray();
        return VendorReply.Json(new { Code = "OK", Message = "OK", TotalCount = "1", SmsSendDetailDTOs = new { SmsSendDetailDTO = found } });
    }

    private static string Key(string number) => number.Length == 11 ? $"+86{number}" : $"+{number}";

    private static JsonElement Parse(string json) => JsonElement.Parse(Encoding.UTF8.GetBytes(json));

    private static VendorReply Error(string code, string message, int status = 200) =>
        VendorReply.Json(new { Code = code, Message = message, RequestId = "F655A8D5" }, status);

    [GeneratedRegex("^ACS3-HMAC-SHA256 Credential=testAk,SignedHeaders=(?<signed>[^,]+),Signature=(?<signature>[0-9a-f]{64})$")]
    private static partial Regex Authorization();
}
