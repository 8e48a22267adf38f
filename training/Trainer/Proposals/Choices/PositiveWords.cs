namespace Slipway.Trainer.Proposals.Choices;

/// <summary>Pairs of values of which one obviously means yes.</summary>
internal static class PositiveWords
{
    private static readonly (string Negative, string Positive)[] Pairs =
    [
        ("0", "1"), ("-1", "1"), ("0.0", "1.0"), ("false", "true"), ("f", "t"), ("no", "yes"), ("n", "y"), ("off", "on"),
        ("negative", "positive"), ("neg", "pos"), ("-", "+"), ("absent", "present"),
        ("b", "m"), ("benign", "malignant"), ("healthy", "sick"), ("normal", "abnormal"), ("alive", "dead"), ("survived", "died"),
        ("ok", "failed"), ("ok", "failure"), ("pass", "fail"), ("passed", "failed"), ("success", "failure"), ("ham", "spam"),
        ("legitimate", "fraud"), ("stayed", "churned"), ("good", "bad"),
    ];

    /// <summary>The positive one of two values, ignoring case; null if it is not obvious.</summary>
    public static string? Among(IReadOnlyList<string> words)
    {
        foreach (var (negative, positive) in Pairs)
            for (var i = 0; i < 2; i++)
                if (Same(words[i], positive) && Same(words[1 - i], negative))
                    return words[i];
        return null;
    }

    private static bool Same(string word, string known) => word.Equals(known, StringComparison.OrdinalIgnoreCase);
}
