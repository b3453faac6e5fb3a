using System.Collections.Concurrent;
using System.Globalization;

namespace Automation.Sandbox;

/// <summary>An SMS that a vendor took.</summary>
/// <param name="Id">The vendor's: of its batch, or of the message.</param>
/// <param name="Number">With the country's code and a plus.</param>
/// <param name="Context">What the sender wrote to find it again.</param>
/// <param name="Code">The carrier's word.</param>
internal sealed record CarriedSms(
    string Id, string Number, string Context, string Template, string Text, DateTimeOffset SentAt, bool Arrived, string Code, int Segments);

/// <summary>What SMS vendors have in common here: they show a message on its phone, and keep it to be asked about.</summary>
internal sealed class Carrier(string vendor, Phones phones, TimeProvider time)
{
    private const int KeptMax = 50_000;

    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    private readonly ConcurrentQueue<CarriedSms> _sent = new();
    private readonly ConcurrentDictionary<string, byte> _unknown = new(StringComparer.Ordinal);

    public IEnumerable<CarriedSms> Sent => _sent;

    /// <summary>Makes a number one that nobody has.</summary>
    public void Forget(string number) => _unknown.TryAdd(number, 0);

    public bool IsNobody(string number) => _unknown.ContainsKey(number);

    public CarriedSms Carry(string id, string number, string context, string sign, string template, string text, Fate fate, string arrivedCode)
    {
        var now = time.GetUtcNow();
        var sms = new CarriedSms(id, number, context, template, text, now, fate.Code is null, fate.Code ?? arrivedCode, Segments(text));
        _sent.Enqueue(sms);
        while (_sent.Count > KeptMax)
        {
            _sent.TryDequeue(out _);
        }
        if (sms.Arrived)
        {
            phones.Show(vendor, "sms", number, $"【{sign}】", text, now);
        }
        return sms;
    }

    /// <summary>With plus and country's code; null for what is no number.</summary>
    public static string? Number(string text)
    {
        var digits = text.StartsWith('+') ? text[1..] : text.StartsWith("00", StringComparison.Ordinal) ? text[2..] : text;
        if (digits.Length is < 8 or > 15 || !digits.All(char.IsAsciiDigit))
        {
            return null;
        }
        return digits.Length == 11 && digits[0] == '1' ? $"+86{digits}" : $"+{digits}";
    }

    public static string Local(DateTimeOffset at) => at.ToOffset(China).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Day(DateTimeOffset at) => at.ToOffset(China).ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    // Chinese texts are billed by 70 characters, and by 67 from the second part on.
    private static int Segments(string text) => text.Length <= 70 ? 1 : (text.Length + 66) / 67;
}
