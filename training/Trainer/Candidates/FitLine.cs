using System.Globalization;
using System.Text.RegularExpressions;

namespace Slipway.Trainer.Candidates;

/// <summary>The line of a job's progress that tells how long the fit took.</summary>
public static partial class FitLine
{
    public static FormattableString Of(string trainer, int seed, double seconds) => $"Fitted {trainer} with seed {seed} in {seconds:0.00} s";

    /// <returns>Null for any other line.</returns>
    public static double? SecondsOf(string line) => Line().Match(line) is { Success: true } match ? double.Parse(match.Groups["seconds"].ValueSpan, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@" Fitted .* with seed \d+ in (?<seconds>\d+\.\d+) s$", RegexOptions.CultureInvariant)]
    private static partial Regex Line();
}
