using System.Globalization;

namespace Slipway.Registry.Rollouts;

/// <summary>Verdicts for people: what was counted, against which bound, and what decided.</summary>
public static class VerdictText
{
    /// <summary>The word for a check in the store and in sentences.</summary>
    public static string Word(this RolloutCheck check) => check switch
    {
        RolloutCheck.Errors => "errors",
        RolloutCheck.NotFinite => "not-finite",
        RolloutCheck.Slow => "slow",
        RolloutCheck.Disagreement => "disagreement",
        _ => "unknown",
    };

    /// <summary>An e-value, from its logarithm.</summary>
    public static string EValue(double ln) => ln switch
    {
        < -6.9 => "under 0.001",
        < 0 => Math.Exp(ln).ToString("0.###", CultureInfo.InvariantCulture),
        < 4.6 => Math.Exp(ln).ToString("0.##", CultureInfo.InvariantCulture),
        < 20.7 => Math.Exp(ln).ToString("#,##0", CultureInfo.InvariantCulture),
        _ => $"10^{(ln / Math.Log(10)).ToString("0.#", CultureInfo.InvariantCulture)}",
    };

    internal static string Number(double value) => value.ToString("#,##0.######", CultureInfo.InvariantCulture);

    internal static string Count(long value) => value.ToString("#,##0", CultureInfo.InvariantCulture);

    internal static string Percent(double rate) => $"{Number(100 * rate)} %";

    internal static string Sentence(CheckVerdict check, RolloutCounts counts, RolloutBounds bounds)
    {
        var (worse, enough) = (bounds.Tolerance == 1 ? "worse than stable" : $"worse than {Number(bounds.Tolerance)} times the rate of stable", Number(1 / bounds.PassAlpha));
        var seen = $"{check.Check.Word()}: {Count(check.Bad)} of {Count(check.Requests)} on the candidate, "
            + $"{Count(counts.Shares.Sum(share => share.Stable.Bad(check.Check)))} of {Count(counts.StableRequests)} on stable";
        var (ratio, rate) = ($"{Number(bounds.PassRatio)} times the rate of stable", $"a rate of {Percent(CheckPolicy.MaxRate(check.Check, bounds))}");
        return check.Result switch
        {
            VerdictResult.Fail => $"{seen}, which is {worse} (E {EValue(check.LnFail)}).",
            VerdictResult.Pass when check.LnAbsolute >= check.LnPass => $"{seen}; {rate} is ruled out (E {EValue(check.LnAbsolute)}, needed {enough}).",
            VerdictResult.Pass => $"{seen}; {ratio} is ruled out (E {EValue(check.LnPass)}, needed {enough}).",
            _ => $"{seen}; neither {rate} (E {EValue(check.LnAbsolute)}, needed {enough}) nor {ratio} (E {EValue(check.LnPass)}) is ruled out.",
        };
    }

    internal static string Sentence(RolloutVerdict verdict, RolloutBounds bounds, long minRequests) => verdict switch
    {
        { Result: VerdictResult.Fail, Source: VerdictSource.Probe } =>
            $"The candidate fails: it answered {Count(verdict.Probes.CandidateWrong)} of {Count(verdict.Probes.CandidateSent)} golden rows wrongly, stable "
            + $"{Count(verdict.Probes.StableWrong)} of {Count(verdict.Probes.StableSent)}; E {EValue(ProbePolicy.LnFail(verdict.Probes, bounds))} reaches {Number(1 / bounds.FailAlpha)} (source=probe).",
        { Result: VerdictResult.Fail } =>
            $"The candidate fails: the mean E of the checks is {EValue(verdict.LnFail)} and reaches {Number(1 / bounds.FailAlpha)}. {Worst(verdict).Sentence}",
        { Result: VerdictResult.Pass, Source: VerdictSource.Probe } =>
            $"The candidate passes: it answered {Count(verdict.Probes.CandidateWrong)} of {Count(verdict.Probes.CandidateSent)} golden rows wrongly, a rate of {Percent(bounds.MaxBadRate)} is ruled out "
            + $"(E {EValue(ProbePolicy.LnPass(verdict.Probes, bounds))}, needed {Number(1 / bounds.PassAlpha)}); {Count(verdict.Counts.CandidateRequests)} requests are too few to decide (source=probe).",
        { Result: VerdictResult.Pass } =>
            $"The candidate passes on {Count(verdict.Counts.CandidateRequests)} requests: {string.Join(", ", verdict.Checks.Where(check => check.Result == VerdictResult.Pass).Select(check => check.Check.Word()))} pass.",
        { Counts.CandidateRequests: 0 } => "Not decided: no request on the candidate has been counted, and no data is never a pass.",
        _ when Deciding(verdict).All(check => check.Result == VerdictResult.Pass) =>
            $"Not decided: every check passes, but only {Count(verdict.Counts.CandidateRequests)} of {Count(minRequests)} requests on the candidate have been counted.",
        _ => $"Not decided: {Open(verdict).Sentence}",
    };

    /// <summary>The check that speaks against the candidate most.</summary>
    internal static CheckVerdict Worst(RolloutVerdict verdict) => verdict.Checks.MaxBy(check => check.LnFail)!;

    /// <summary>The check that is furthest from passing.</summary>
    internal static CheckVerdict Open(RolloutVerdict verdict) =>
        Deciding(verdict).Where(check => check.Result != VerdictResult.Pass).DefaultIfEmpty(Worst(verdict)).MinBy(check => Math.Max(check.LnPass, check.LnAbsolute))!;

    /// <summary>The checks that can pass; comparisons under shadow can only fail.</summary>
    internal static IEnumerable<CheckVerdict> Deciding(RolloutVerdict verdict) => verdict.Checks.Where(check => check.Check != RolloutCheck.Disagreement);
}
