namespace Slipway.Registry.Models;

/// <summary>
/// How often a candidate and the champion predict differently, measured on the same holdout rows: what a comparison on live requests should find
/// again. Far more than that means that the candidate meets data which the holdout does not represent.
/// </summary>
/// <param name="Rows">Holdout rows that both predicted.</param>
/// <param name="Disagreed">Rows with another label, or for regression with predictions further apart than the tolerance.</param>
/// <param name="Low">Lower bound of the 95 % interval of the share by Wilson.</param>
/// <param name="High">Its upper bound.</param>
/// <param name="Tolerance">For regression, in the target's unit: the 95th percentile of the absolute differences on the holdout. Null for labels.</param>
public sealed record PredictedDisagreement(long Rows, long Disagreed, double Low, double High, double? Tolerance = null);
