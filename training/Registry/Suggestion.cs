namespace Slipway.Registry;

/// <summary>Suggests the name that somebody may have meant.</summary>
public static class Suggestion
{
    /// <summary>A sentence with a leading space, or nothing if no candidate is similar.</summary>
    public static string DidYouMean(string given, IEnumerable<string> candidates, string prefix = "") =>
        Nearest(given, candidates) is { } nearest ? $" Did you mean {prefix}{nearest}?" : string.Empty;

    public static string? Nearest(string given, IEnumerable<string> candidates)
    {
        var reach = Math.Max(2, given.Length / 3);
        return candidates
            .Select(candidate => (Name: candidate, Distance: Distance(given.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(c => c.Distance <= reach || (given.Length >= 3 && c.Name.StartsWith(given, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(c => c.Distance)
            .ThenBy(c => c.Name, StringComparer.Ordinal)
            .Select(c => c.Name)
            .FirstOrDefault();
    }

    // Levenshtein, one row at a time
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
