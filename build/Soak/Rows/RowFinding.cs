namespace Slipway.Soak.Rows;

/// <param name="Fault">What was done.</param>
/// <param name="UpperBound">The 95 % upper bound of the failure probability; null if it did not run.</param>
/// <param name="Control">The negative control; null if it did not run.</param>
/// <param name="Reason">Why a bound is broken, or why the row did not run; null if its bounds hold.</param>
public sealed record RowFinding(
    string Name, string Fault, string Bound, RowVerdict Verdict, long Trials, long Failures, double? UpperBound, string Figure, string? Control, string? Reason,
    string? Note, double Seconds, IReadOnlyDictionary<string, double> Figures)
{
    public static RowFinding Of(ISoakRow row, RowResult result, double seconds)
    {
        var reason = result.Failures > 0 ? $"{result.Failures} of {result.Trials} trials failed: {result.Broken ?? result.Figure}"
            : result.Trials == 0 ? "nothing was tried, so that nothing is proven"
            : result.Broken
            ?? (result.Control.Found ? null : $"the negative control was not found ({result.Control.What}), so that the figures prove nothing");
        return new(
            row.Name, row.Fault, row.Bound, reason is null ? RowVerdict.Holds : RowVerdict.Broken, result.Trials, result.Failures,
            Statistics.UpperBound.Of(result.Failures, result.Trials), result.Figure, $"{result.Control.What}: {(result.Control.Found ? "found" : "not found")}",
            reason, result.Note, seconds, result.Figures);
    }

    public static RowFinding NotRun(ISoakRow row, RowVerdict verdict, string reason, double seconds) =>
        new(row.Name, row.Fault, row.Bound, verdict, 0, 0, null, "", null, reason, null, seconds, new Dictionary<string, double>());
}

public enum RowVerdict
{
    /// <summary>Every bound holds, and the negative control was found.</summary>
    Holds,

    /// <summary>A bound does not hold, or the row cannot fail.</summary>
    Broken,

    /// <summary>It cannot run on this machine.</summary>
    NotRun,

    /// <summary>It ended with an error of its own.</summary>
    Error,
}
