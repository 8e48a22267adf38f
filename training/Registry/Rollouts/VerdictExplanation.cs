using System.Globalization;
using Slipway.Registry.Rollouts.Statistics;

namespace Slipway.Registry.Rollouts;

/// <summary>
/// Three lines that anybody can check with a calculator, or a spreadsheet where a bad attempt passed too: what was counted, the e-value as a formula, and what
/// follows from it.
/// </summary>
public static class VerdictExplanation
{
    /// <param name="bounds">With the bound of slow answers in use; see <see cref="RolloutState.BoundsInUse"/>.</param>
    public static IReadOnlyList<string> Lines(RolloutVerdict verdict, RolloutBounds bounds) => verdict switch
    {
        { Source: VerdictSource.Probe, Result: VerdictResult.Fail } => Failing(GoldenRows(verdict, bounds), ProbePolicy.LnFail(verdict.Probes, bounds), [], bounds),
        { Source: VerdictSource.Probe } => Absolute("golden rows", verdict.Probes.CandidateWrong, verdict.Probes.CandidateSent, bounds.MaxBadRate, ProbePolicy.LnPass(verdict.Probes, bounds), bounds),
        { Result: VerdictResult.Fail } or { LnFail: > 0 } => Failing(VerdictText.Worst(verdict), verdict, bounds),
        _ => Passing(verdict.Result == VerdictResult.Pass ? Last(verdict) : VerdictText.Open(verdict), bounds),
    };

    private static (string Counted, string Formula) GoldenRows(RolloutVerdict verdict, RolloutBounds bounds)
    {
        ShareEvents[] events = [ProbePolicy.Events(verdict.Probes)];
        return (Counted("golden rows", events), Formula(events, bounds.Tolerance, RateRatioTest.FailFactors, ProbePolicy.LnFail(verdict.Probes, bounds)));
    }

    /// <summary>The check that passed with the least to spare.</summary>
    private static CheckVerdict Last(RolloutVerdict verdict) => VerdictText.Deciding(verdict).MinBy(check => Math.Max(check.LnPass, check.LnAbsolute))!;

    private static string[] Failing(CheckVerdict worst, RolloutVerdict verdict, RolloutBounds bounds) => Failing(
        worst.Check == RolloutCheck.Disagreement
            ? (worst.Sentence, $"E = P(Bin({worst.Requests + 1}, b) <= {worst.Bad}) / ({worst.Requests + 1} * (1 - b) * P(Bin({worst.Requests}, b) = {worst.Bad})) = {Value(worst.LnFail)}, with the bound b")
            : (Counted(worst.Check.Word(), worst.Events), Formula(worst.Events, bounds.Tolerance, RateRatioTest.FailFactors, worst.LnFail)),
        worst.LnFail,
        [.. CheckPolicy.In(verdict.Checks).Where(check => check != worst.Check).Select(check => verdict.Checks.FirstOrDefault(other => other.Check == check)?.LnFail ?? 0)], bounds);

    private static string[] Failing((string Counted, string Formula) lines, double ln, IReadOnlyList<double> others, RolloutBounds bounds)
    {
        var mean = LogSpace.LnMean([ln, .. others]);
        var sum = others.Count == 0 ? "E" : $"({string.Join(" + ", others.Prepend(ln).Select(Value))}) / {others.Count + 1}";
        return
        [
            lines.Counted,
            lines.Formula,
            $"{sum} = {Value(mean)}, {Compared(mean, bounds.FailAlpha)}: {(mean >= Math.Log(1 / bounds.FailAlpha) ? "the candidate fails" : "it does not fail")}.",
        ];
    }

    private static string[] Passing(CheckVerdict check, RolloutBounds bounds) => check.LnAbsolute >= check.LnPass
        ? Absolute(check.Check.Word(), check.Bad, check.Requests, CheckPolicy.MaxRate(check.Check, bounds), check.LnAbsolute, bounds)
        :
        [
            Counted(check.Check.Word(), check.Events),
            Formula(check.Events, bounds.PassRatio, RateRatioTest.PassFactors, check.LnPass),
            Passes(check.LnPass, bounds),
        ];

    private static string[] Absolute(string what, long bad, long requests, double rate, double ln, RolloutBounds bounds)
    {
        var (p, n) = (Number(rate), requests.ToString(CultureInfo.InvariantCulture));
        var next = (requests + 1).ToString(CultureInfo.InvariantCulture);
        var formula = bad == 0
            ? $"(1 - {Number(1 - rate)}^{next}) / ({next} * {p} * {Number(1 - rate)}^{n})"
            : $"(1 - BINOM.DIST({bad}, {next}, {p}, TRUE)) / ({next} * {p} * BINOM.DIST({bad}, {n}, {p}, FALSE))";
        return [$"{what}: {bad} of {n} on the candidate were bad; a rate of {VerdictText.Percent(rate)} is to be ruled out.", $"E = {formula} = {Value(ln)}", Passes(ln, bounds)];
    }

    private static string Counted(string what, IReadOnlyList<ShareEvents> events) => events.Count == 0
        ? $"{what}: none was bad."
        : $"{what}: {string.Join("; ", events.Select(share => $"{share.Candidate} of {share.All} bad ones were on the candidate, which got {share.Share} % of the requests"))}.";

    /// <summary>The definition in <see cref="RateRatioTest"/>, with the numbers in their places.</summary>
    private static string Formula(IReadOnlyList<ShareEvents> events, double ratio, IReadOnlyList<double> factors, double ln)
    {
        var drawn = events.Where(share => share.Share is > 0 and < 100).ToList();
        var divisors = drawn.Select(share => $"(1 + (r - 1) * {Number(RateRatioTest.ExpectedShare(ratio, share.Share))})^{share.All}");
        var divisor = string.Join(" * ", divisors);
        var term = drawn.Count == 0 ? "1" : $"r^{drawn.Sum(share => share.Candidate)} / {(drawn.Count == 1 ? divisor : $"({divisor})")}";
        return $"E = mean of {term} over r = {string.Join(", ", factors.Select(Number))} = {Value(ln)}";
    }

    private static string Passes(double ln, RolloutBounds bounds) =>
        $"E = {Value(ln)}, {Compared(ln, bounds.PassAlpha)}: {(ln >= Math.Log(1 / bounds.PassAlpha) ? "the check passes" : "it is not decided")}.";

    private static string Compared(double ln, double alpha) => $"{(ln >= Math.Log(1 / alpha) ? "at least" : "less than")} 1 / {Number(alpha)} = {Number(1 / alpha)}";

    private static string Number(double value) => value.ToString("0.########", CultureInfo.InvariantCulture);

    private static string Value(double ln) => Math.Abs(ln) < 690
        ? Math.Exp(ln).ToString("G5", CultureInfo.InvariantCulture)
        : $"10^{(ln / Math.Log(10)).ToString("0.##", CultureInfo.InvariantCulture)}";
}
