using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Automation.Sandbox.Tencent;

/// <summary>Tencent Cloud SMS, as its documentation describes it.</summary>
internal sealed partial class TencentDesk(Phones phones, Hooks hooks, TimeProvider time) : IVendorDesk
{
    private static readonly TimeSpan SkewMax = TimeSpan.FromMinutes(5);

    private readonly Carrier _carrier = new(SandboxAccounts.Tencent, phones, time);
    private int _serial;

    public Plan Plan { get; } = new();

    public Carrier Carrier => _carrier;

    public bool Sends(SandboxRequest request) => request.Header("X-TC-Action") == "SendSms";

    public SandboxReply Busy() => Error("RequestLimitExceeded");

    public SandboxReply Broken() => Error("InternalError.OtherError");

    public void ExpireTokens()
    {
    }

    public SandboxReply Answer(SandboxRequest request)
    {
        if (Problem(request) is { } problem)
        {
            return Error(problem);
        }
        try
        {
            return request.Header("X-TC-Action") switch
            {
                "SendSms" => Send(request.Json),
                "PullSmsSendStatusByPhoneNumber" => Pull(request.Json),
                _ => Error("InvalidAction"),
            };
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return Error("InvalidParameter");
        }
    }

    /// <summary>A person answers.</summary>
    public void Reply(string number, string text) => hooks.Post(
        SandboxAccounts.Tencent, $"token={SandboxAccounts.CallbackToken}",
        JsonSerializer.Serialize(new
        {
            extend = "", mobile = number[(number.StartsWith("+86", StringComparison.Ordinal) ? 3 : 1)..], nationcode = number.StartsWith("+86", StringComparison.Ordinal) ? "86" : "",
            sign = "演示店铺", text, time = time.GetUtcNow().ToUnixTimeSeconds(),
        }),
        "application/json");

    private string? Problem(SandboxRequest request)
    {
        if (Authorization().Match(request.Header("Authorization")) is not { Success: true } proof)
        {
            return "AuthFailure.InvalidAuthorization";
        }
        if (proof.Groups["id"].Value != SandboxAccounts.TencentSecretId)
        {
            return "AuthFailure.SecretIdNotFound";
        }
        if (!long.TryParse(request.Header("X-TC-Timestamp"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || (DateTimeOffset.FromUnixTimeSeconds(seconds) - time.GetUtcNow()).Duration() > SkewMax)
        {
            return "AuthFailure.SignatureExpire";
        }
        var signed = proof.Groups["signed"].Value;
        var lines = string.Concat(signed.Split(';').Select(name => $"{name}:{request.Header(name).Trim().ToLowerInvariant()}\n"));
        var canonical = $"POST\n/\n\n{lines}\n{signed}\n{Signing.Hash(request.Body)}";
        var day = DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var key = Signing.Hmac(Signing.Hmac(Signing.Hmac(Encoding.UTF8.GetBytes("TC3" + SandboxAccounts.TencentSecretKey), day), "sms"), "tc3_request");
        var expected = Convert.ToHexStringLower(Signing.Hmac(
            key, string.Create(CultureInfo.InvariantCulture, $"TC3-HMAC-SHA256\n{seconds}\n{day}/sms/tc3_request\n{Signing.Hash(canonical)}")));
        return proof.Groups["scope"].Value == $"{day}/sms/tc3_request" && Signing.IsSame(expected, proof.Groups["signature"].Value)
            ? null
            : "AuthFailure.SignatureFailure";
    }

    private SandboxReply Send(JsonElement asked)
    {
        if (asked.GetProperty("SmsSdkAppId").GetString() != SandboxAccounts.TencentApp)
        {
            return Error("UnauthorizedOperation.SmsSdkAppIdVerifyFail");
        }
        var numbers = Texts(asked, "PhoneNumberSet");
        if (numbers.Length > 200)
        {
            return Error("LimitExceeded.PhoneNumberCountLimit");
        }
        var context = asked.TryGetProperty("SessionContext", out var given) ? given.GetString()! : "";
        if (Encoding.UTF8.GetByteCount(context) > 511)
        {
            return Error("InvalidParameterValue.SessionContextLimit");
        }
        var domestic = numbers.Count(number => Carrier.Number(number)?.StartsWith("+86", StringComparison.Ordinal) == true);
        if (domestic > 0 && domestic < numbers.Length)
        {
            return Error("UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber");
        }
        var values = asked.TryGetProperty("TemplateParamSet", out _) ? Texts(asked, "TemplateParamSet") : [];
        if (values.Any(value => value.Contains("://", StringComparison.Ordinal)))
        {
            return Error("InvalidParameterValue.ProhibitedUseUrlInTemplateParameter");
        }
        var text = string.Join(' ', values);
        var sign = asked.TryGetProperty("SignName", out var name) ? name.GetString()! : "";
        var template = asked.GetProperty("TemplateId").GetString()!;
        return Response(new { SendStatusSet = numbers.Select(number => Status(number, context, sign, template, text)).ToArray(), RequestId = "a0aabda6" });
    }

    private object Status(string given, string context, string sign, string template, string text)
    {
        var number = Carrier.Number(given);
        if (number is null || _carrier.IsNobody(number))
        {
            return new { SerialNo = "", PhoneNumber = given, Fee = 0, SessionContext = context, Code = "InvalidParameterValue.IncorrectPhoneNumber", Message = "bad number", IsoCode = "" };
        }
        var fate = Plan.TakeFate();
        var serial = string.Create(CultureInfo.InvariantCulture, $"2028:f825e6d36{Interlocked.Increment(ref _serial):D9}");
        var sms = _carrier.Carry(serial, number, context, sign, template, text, fate, "DELIVRD");
        hooks.Post(
            SandboxAccounts.Tencent, $"token={SandboxAccounts.CallbackToken}",
            JsonSerializer.Serialize(new[]
            {
                new
                {
                    user_receive_time = Carrier.Local(time.GetUtcNow()), nationcode = number.StartsWith("+86", StringComparison.Ordinal) ? "86" : "",
                    mobile = Local(number), report_status = sms.Arrived ? "SUCCESS" : "FAIL", errmsg = sms.Code, description = "状态", sid = serial,
                },
            }),
            "application/json", fate.Receipts);
        return new { SerialNo = serial, PhoneNumber = given, Fee = sms.Segments, SessionContext = context, Code = "Ok", Message = "send success", IsoCode = "CN" };
    }

    private SandboxReply Pull(JsonElement asked)
    {
        var number = Carrier.Number(asked.GetProperty("PhoneNumber").GetString()!);
        var from = DateTimeOffset.FromUnixTimeSeconds(asked.GetProperty("BeginTime").GetInt64());
        var found = _carrier.Sent.Where(sms => sms.Number == number && sms.SentAt >= from).Select(sms => new
        {
            UserReceiveTime = sms.SentAt.ToUnixTimeSeconds(), CountryCode = "86", SubscriberNumber = Local(sms.Number), PhoneNumber = sms.Number,
            SerialNo = sms.Id, ReportStatus = sms.Arrived ? "SUCCESS" : "FAIL", Description = sms.Code, SessionContext = sms.Context,
        });
        return Response(new { PullSmsSendStatusSet = found.ToArray(), RequestId = "a0aabda6" });
    }

    private static string Local(string number) => number.StartsWith("+86", StringComparison.Ordinal) ? number[3..] : number[1..];

    private static string[] Texts(JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(one => one.GetString()!)];

    private static SandboxReply Response(object response) => SandboxReply.Json(new { Response = response });

    private static SandboxReply Error(string code) => Response(new { Error = new { Code = code, Message = code }, RequestId = "a0aabda6" });

    [GeneratedRegex("^TC3-HMAC-SHA256 Credential=(?<id>[^/]+)/(?<scope>[^,]+), SignedHeaders=(?<signed>[^,]+), Signature=(?<signature>[0-9a-f]{64})$")]
    private static partial Regex Authorization();
}
