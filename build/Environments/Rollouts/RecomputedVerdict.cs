using System.Globalization;
using Slipway.Registry.Rollouts;

namespace Slipway.Build.Environments.Rollouts;

/// <summary>Compares a recorded verdict with the one that its counts lead to.</summary>
internal static class RecomputedVerdict
{
    private const double Tolerance = 1e-9;

    public static IEnumerable<string> Differences(RolloutPlan plan, RolloutEvent happened)
    {
        var recorded = happened.Verdict!;
        var computed = VerdictPolicy.Recompute(plan, recorded, happened.SlowMicroseconds);
        var when = $"{RolloutProgress.Word(happened.Phase)} at {happened.At.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)}";
        if (recorded.Result != computed.Result || recorded.Source != computed.Source)
            yield return $"{when}: {Word(recorded)} is recorded, but the counts lead to {Word(computed)}.";
        if (!IsNear(recorded.LnFail, computed.LnFail))
            yield return $"{when}: ln E is recorded as {Text(recorded.LnFail)}, but the counts lead to {Text(computed.LnFail)}.";
        foreach (var check in computed.Checks)
        {
            var known = recorded.Checks.FirstOrDefault(one => one.Check == check.Check);
            if (known is null || known.Result != check.Result || !IsNear(known.LnFail, check.LnFail) || !IsNear(known.LnPass, check.LnPass) || !IsNear(known.LnAbsolute, check.LnAbsolute)
                || !known.Events.SequenceEqual(check.Events))
                yield return $"{when}: the check of {check.Check.Word()} differs.";
        }
    }

    private static string Word(RolloutVerdict verdict) => $"{RolloutProgress.Word(verdict.Result)} by {verdict.Source.ToString().ToLowerInvariant()}";

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static bool IsNear(double one, double other) => one == other || Math.Abs(one - other) <= Tolerance * Math.Max(1, Math.Abs(other));
}
