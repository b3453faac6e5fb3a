namespace Automation.Core.Primitives;

/// <summary>Which known word somebody meant who wrote another one. Every "did you mean" of the program comes from here.</summary>
public static class Nearest
{
    /// <summary>A longer word is no slip of the pen, and comparing it would cost.</summary>
    private const int LengthMax = 100;

    private const int BeginningMin = 3;

    /// <summary><c> Did you mean 'welcome'?</c> with the blank before it, for the end of a sentence; empty where no word is close.</summary>
    public static string Hint(string word, IEnumerable<string> known) => To(word, known) is { } close ? $" Did you mean '{close}'?" : "";

    /// <summary>The closest of the known words, letter case aside; null where none is close.</summary>
    public static string? To(string word, IEnumerable<string> known)
    {
        if (word.Length is 0 or > LengthMax)
        {
            return null;
        }
        var typed = word.ToLowerInvariant();
        var slips = Math.Max(1, typed.Length / 3);
        string? best = null;
        foreach (var one in known.Order(StringComparer.Ordinal))
        {
            var other = one.ToLowerInvariant();
            // Who wrote only the beginning did not slip more than once.
            var apart = typed.Length >= BeginningMin && other.StartsWith(typed, StringComparison.Ordinal) ? 1
                : other.Length > LengthMax || Math.Abs(other.Length - typed.Length) > slips ? int.MaxValue
                : Apart(typed, other);
            if (apart <= slips && one != word)
            {
                best = one;
                slips = apart - 1;
            }
        }
        return best;
    }

    /// <summary>How many letters were left out, added, changed, or swapped with their neighbour.</summary>
    private static int Apart(string one, string other)
    {
        var (before, last, row) = (new int[other.Length + 1], new int[other.Length + 1], new int[other.Length + 1]);
        for (var j = 0; j <= other.Length; j++)
        {
            last[j] = j;
        }
        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var isSame = one[i - 1] == other[j - 1];
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + (isSame ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }
            (before, last, row) = (last, row, before);
        }
        return last[other.Length];
    }
}
