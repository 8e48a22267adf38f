namespace Slipway.Registry.Models;

/// <summary>
/// What a prediction is worth to the owner of the model, when its label is known; a cost is negative. What is not listed is worth 0. The metric <c>value</c> is
/// the value of 1,000 predictions.
/// </summary>
/// <param name="Unit">Such as EUR, for people.</param>
/// <param name="TruePositive">For binary models: of each such prediction. So are the next three.</param>
/// <param name="Matrix">For multiclass models: by true class, then by predicted class.</param>
/// <param name="Prediction">For regression: of each prediction, however wrong.</param>
/// <param name="AbsoluteError">For regression: of each unit of the target by which a prediction is too high or too low.</param>
/// <param name="Overestimate">Of each unit by which it is too high; with <paramref name="Underestimate"/> instead of <paramref name="AbsoluteError"/>.</param>
/// <param name="SquaredError">For regression: of the squared error.</param>
public sealed record ValueSpec(
    string? Unit = null,
    double? TruePositive = null,
    double? FalsePositive = null,
    double? FalseNegative = null,
    double? TrueNegative = null,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>? Matrix = null,
    double? Prediction = null,
    double? AbsoluteError = null,
    double? Overestimate = null,
    double? Underestimate = null,
    double? SquaredError = null);
