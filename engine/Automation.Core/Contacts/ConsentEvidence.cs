using Automation.Core.Primitives;

namespace Automation.Core.Contacts;

/// <summary>
/// What proves a yes or a no, as its sender gave it: <c>text</c> and <c>version</c> of what was agreed to, <c>url</c> or <c>form</c> where it
/// stood, <c>by</c> who took it down, <c>reference</c> to a recording or a paper. Other members are kept as well, plain ones and not too many.
/// </summary>
public static class ConsentEvidence
{
    public const int MembersMax = 16;
    public const int TextLengthMax = 4_000;

    /// <summary>The evidence as it is kept; null where there is none. What is too long is cut and what is no plain value left out.</summary>
    public static PropertyBag? Of(object? given)
    {
        var kept = PropertyBag.Empty;
        foreach (var (name, value) in given as PropertyBag ?? PropertyBag.Empty)
        {
            if (kept.Count == MembersMax)
            {
                break;
            }
            switch (value)
            {
                case string { Length: > TextLengthMax } text:
                    kept = kept.With(name, text[..TextLengthMax]);
                    break;
                case string or long or decimal or bool:
                    kept = kept.With(name, value);
                    break;
                default:
                    break;
            }
        }
        return kept.Count == 0 ? null : kept;
    }
}
