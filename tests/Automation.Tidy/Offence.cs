namespace Automation.Tidy;

/// <summary>Where a house rule is broken, and what to do instead.</summary>
internal sealed record Offence(string Path, int Line, string Why)
{
    public override string ToString() => $"{Path}:{Line}: {Why}";
}

/// <summary>The one assertion of this project: a rule found nothing, or the whole list of what it found.</summary>
internal static class House
{
    public static void Keeps(IEnumerable<Offence> offences)
    {
        var found = offences.Select(o => o.ToString()).Order(StringComparer.Ordinal).ToList();

        Assert.True(found.Count == 0, $"{found.Count} in breach of a house rule:\n  " + string.Join("\n  ", found));
    }

    /// <summary>For the tests of the rules themselves: a rule that cannot fail keeps nobody honest.</summary>
    public static void Catches(IEnumerable<Offence> offences) => Assert.NotEmpty(offences);
}
