using Slipway.Registry.Models;
using Slipway.Registry.Rollouts.Statistics;

namespace Slipway.Registry.Rollouts;

/// <summary>
/// Judges the answers that candidate and stable gave to the same requests under shadow. The gate has measured on the holdout how often the two versions
/// disagree; if live requests show far more, the candidate meets data that nobody has evaluated it on. Another release of the same version has to
/// give the same answers.
/// </summary>
/// <remarks>The test is valid at every look, like the others. It only fails: agreement is no evidence that the answers are right.</remarks>
public static class DisagreementPolicy
{
    /// <summary>What live requests may show beyond the interval of the holdout, as a rate.</summary>
    public const double Margin = 0.01;

    /// <summary>The rate of disagreement that is still accepted.</summary>
    public static double MaxRate(PredictedDisagreement? predicted, RolloutBounds bounds) =>
        predicted is null ? bounds.MaxBadRate : Math.Min(predicted.High + Margin, 0.99);

    /// <summary>ln E against "the rate of disagreement is at most the bound": 0 without comparisons.</summary>
    public static double LnFail(ShadowCounts shadow, PredictedDisagreement? predicted, RolloutBounds bounds) =>
        shadow.Compared == 0 ? 0 : AbsoluteRateTest.LnFail(shadow.Disagreed, shadow.Compared, MaxRate(predicted, bounds));

    /// <returns>Inconclusive: whether the candidate fails depends on all checks, and agreement alone passes nothing.</returns>
    public static CheckVerdict Judge(ShadowCounts shadow, PredictedDisagreement? predicted, RolloutBounds bounds) => new(
        RolloutCheck.Disagreement, Events: [], LnFail(shadow, predicted, bounds), LnPass: 0, LnAbsolute: 0, VerdictResult.Inconclusive, Sentence: "",
        shadow.Compared, shadow.Disagreed);

    /// <summary>What was compared, against which bound, for people.</summary>
    public static string Sentence(ShadowCounts shadow, PredictedDisagreement? predicted, RolloutBounds bounds) =>
        $"disagreement: {VerdictText.Count(shadow.Disagreed)} of {VerdictText.Count(shadow.Compared)} shadow answers differ from stable's; "
        + (predicted is null
            ? $"another release may differ in {VerdictText.Percent(MaxRate(null, bounds))}"
            : $"on the holdout it was {VerdictText.Count(predicted.Disagreed)} of {VerdictText.Count(predicted.Rows)}, so that up to {VerdictText.Percent(Math.Round(MaxRate(predicted, bounds), 4))} is expected")
        + $" (E {VerdictText.EValue(LnFail(shadow, predicted, bounds))}).";
}
