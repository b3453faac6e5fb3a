using System.Globalization;
using System.Text.Json;

namespace Automation.Sandbox.Aliyun;

/// <summary>Alibaba Cloud SMS, as its documentation describes it.</summary>
internal sealed class AliyunDesk(Phones phones, Hooks hooks, TimeProvider time) : IVendorDesk
{
    private readonly AliyunSignature _signature = new(time);
    private readonly Carrier _carrier = new(SandboxAccounts.Aliyun, phones, time);
    private long _batches = 9_006_197_469_364_984_400;

    public Plan Plan { get; } = new();

    public Carrier Carrier => _carrier;

    public bool Sends(SandboxRequest request) => request.Header("x-acs-action") is "SendSms" or "SendBatchSms";

    public SandboxReply Busy() => Error("Throttling.User", 400);

    public SandboxReply Broken() => Error("isp.SYSTEM_ERROR");

    public void ExpireTokens()
    {
    }

    public SandboxReply Answer(SandboxRequest request)
    {
        if (_signature.Problem(request) is { } problem)
        {
            return Error(problem, 400);
        }
        var form = request.Form;
        try
        {
            return request.Header("x-acs-action") switch
            {
                "SendSms" => Send(form),
                "SendBatchSms" => SendBatch(form),
                "QuerySendDetails" => Details(form),
                _ => Error("InvalidAction.NotFound", 404),
            };
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return Error("isv.INVALID_PARAMETERS");
        }
    }

    /// <summary>A person answers.</summary>
    public void Reply(string number, string text) => hooks.Post(
        SandboxAccounts.Aliyun, Token,
        JsonSerializer.Serialize(new[]
        {
            new
            {
                phone_number = number[(number.StartsWith("+86", StringComparison.Ordinal) ? 3 : 1)..], content = text, send_time = Carrier.Local(time.GetUtcNow()), dest_code = "1234",
                sequence_id = Guid.NewGuid().ToString("N"),
            },
        }),
        "application/json");

    private static string Token => $"token={SandboxAccounts.CallbackToken}";

    private SandboxReply Send(IReadOnlyDictionary<string, string> form)
    {
        var numbers = form["PhoneNumbers"].Split(',');
        return numbers.Length > 1_000
            ? Error("isv.MOBILE_COUNT_OVER_LIMIT")
            : Take(numbers, [.. numbers.Select(_ => form["SignName"])], [.. numbers.Select(_ => form.GetValueOrDefault("TemplateParam") ?? "{}")], form);
    }

    private SandboxReply SendBatch(IReadOnlyDictionary<string, string> form)
    {
        var numbers = Texts(form["PhoneNumberJson"]);
        var signs = Texts(form["SignNameJson"]);
        var values = form.TryGetValue("TemplateParamJson", out var all)
            ? [.. JsonElement.Parse(all).EnumerateArray().Select(one => one.GetRawText())]
            : numbers.Select(_ => "{}").ToArray();
        if (numbers.Length > 100)
        {
            return Error("isv.MOBILE_COUNT_OVER_LIMIT");
        }
        return signs.Length != numbers.Length || values.Length != numbers.Length ? Error("isv.INVALID_PARAMETERS") : Take(numbers, signs, values, form);
    }

    private SandboxReply Take(string[] given, string[] signs, string[] values, IReadOnlyDictionary<string, string> form)
    {
        var template = form["TemplateCode"];
        var outId = form.GetValueOrDefault("OutId") ?? "";
        if (!template.StartsWith("SMS_", StringComparison.Ordinal))
        {
            return Error("isv.SMS_TEMPLATE_ILLEGAL");
        }
        if (signs.Any(sign => sign.Length == 0 || sign[0] == '【'))
        {
            return Error("isv.SMS_SIGNATURE_ILLEGAL");
        }
        var numbers = given.Select(Carrier.Number).ToArray();
        if (numbers.Any(number => number is null || _carrier.IsNobody(number)))
        {
            return Error("isv.MOBILE_NUMBER_ILLEGAL");
        }
        var texts = values.Select(Text).ToArray();
        if (texts.Any(text => text.Contains("://", StringComparison.Ordinal)))
        {
            return Error("isv.PARAM_NOT_SUPPORT_URL");
        }
        if (texts.Any(text => text.Length > 500))
        {
            return Error("isv.PARAM_LENGTH_LIMIT");
        }
        var bizId = Interlocked.Increment(ref _batches).ToString(CultureInfo.InvariantCulture);
        for (var i = 0; i < numbers.Length; i++)
        {
            var fate = Plan.TakeFate();
            Report(_carrier.Carry(bizId, numbers[i]!, outId, signs[i], template, texts[i], fate, "DELIVERED"), fate.Receipts);
        }
        return SandboxReply.Json(new { Code = "OK", Message = "OK", BizId = bizId, RequestId = Guid.NewGuid().ToString("D").ToUpperInvariant() });
    }

    private void Report(CarriedSms sms, int times) => hooks.Post(
        SandboxAccounts.Aliyun, Token,
        JsonSerializer.Serialize(new[]
        {
            new
            {
                phone_number = Bare(sms), send_time = Carrier.Local(sms.SentAt), report_time = Carrier.Local(time.GetUtcNow()), success = sms.Arrived,
                err_code = sms.Code, err_msg = sms.Arrived ? "用户接收成功" : "失败",
                sms_size = sms.Segments.ToString(CultureInfo.InvariantCulture), biz_id = sms.Id, out_id = sms.Context,
            },
        }),
        "application/json", times);

    private SandboxReply Details(IReadOnlyDictionary<string, string> form)
    {
        var number = Carrier.Number(form["PhoneNumber"]);
        var page = int.Parse(form["CurrentPage"], CultureInfo.InvariantCulture);
        var size = int.Parse(form["PageSize"], CultureInfo.InvariantCulture);
        var found = _carrier.Sent
            .Where(sms => sms.Number == number && Carrier.Day(sms.SentAt) == form["SendDate"])
            .Where(sms => !form.TryGetValue("BizId", out var bizId) || sms.Id == bizId)
            .ToArray();
        return SandboxReply.Json(new
        {
            Code = "OK",
            Message = "OK",
            RequestId = "F655A8D5",
            TotalCount = found.Length,
            SmsSendDetailDTOs = new
            {
                SmsSendDetailDTO = found.Skip((page - 1) * size).Take(size).Select(sms => new
                {
                    PhoneNum = Bare(sms), SendStatus = sms.Arrived ? 3 : 2, ErrCode = sms.Code, TemplateCode = sms.Template, Content = sms.Text,
                    SendDate = Carrier.Local(sms.SentAt), ReceiveDate = Carrier.Local(sms.SentAt), OutId = sms.Context,
                }),
            },
        });
    }

    private static string Bare(CarriedSms sms) => sms.Number.StartsWith("+86", StringComparison.Ordinal) ? sms.Number[3..] : sms.Number[1..];

    private static string[] Texts(string json) => [.. JsonElement.Parse(json).EnumerateArray().Select(one => one.GetString()!)];

    /// <summary>What the person reads: here a template is nothing but its variables.</summary>
    private static string Text(string json) => string.Join(' ', JsonElement.Parse(json).EnumerateObject().Select(one => one.Value.ToString()));

    private static SandboxReply Error(string code, int status = 200) =>
        SandboxReply.Json(new { Code = code, Message = $"{code} 触发天级流控", RequestId = "F655A8D5" }, status);
}
