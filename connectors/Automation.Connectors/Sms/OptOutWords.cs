using System.Text;

namespace Automation.Connectors.Sms;

/// <summary>Tells a reply that opts out from one that does not. The account may have its own words (<c>opt_out_words</c>).</summary>
public sealed class OptOutWords
{
    private const int StartingLengthMax = 6;

    private static readonly string[] Defaults =
    [
        "R", "T", "TD", "N", "QX", "退订", "退", "TD退订", "取消", "取消订阅", "拒收", "不要发", "STOP", "UNSUBSCRIBE",
    ];

    private static readonly string[] Starts = ["TD", "退订", "拒收"];

    private readonly HashSet<string> _words;
    private readonly bool _usesStarts;

    private OptOutWords(IReadOnlyList<string> own)
    {
        _usesStarts = own.Count == 0;
        _words = (_usesStarts ? Defaults : own).Select(Normal).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Reads the account's words, or takes the usual ones.</summary>
    /// <param name="read">The account's configuration.</param>
    public static OptOutWords Read(ConfigurationReader read) => new(read.Texts("opt_out_words"));

    /// <summary>The word by which a reply opts out.</summary>
    /// <param name="reply">What the person wrote.</param>
    /// <returns>The word in its normal form, as <c>TD</c>; null when it is no opt-out.</returns>
    /// <example><code>words.Find(" ｔｄ！") // "TD"</code></example>
    public string? Find(string reply)
    {
        var normal = Normal(reply);
        if (_words.Contains(normal))
        {
            return normal;
        }

        return _usesStarts && normal.Length <= StartingLengthMax && Array.Exists(Starts, start => normal.StartsWith(start, StringComparison.Ordinal))
            ? normal
            : null;
    }

    // Full-width letters, spaces and full stops come from phones' keyboards and mean nothing.
    private static string Normal(string text)
    {
        var folded = text.IsNormalized(NormalizationForm.FormKC) ? text : text.Normalize(NormalizationForm.FormKC);
        var letters = new StringBuilder(folded.Length);
        foreach (var letter in folded)
        {
            if (char.IsLetterOrDigit(letter))
            {
                letters.Append(char.ToUpperInvariant(letter));
            }
        }

        return letters.ToString();
    }
}
