namespace Slipway.Registry.Predictions;

/// <summary>The headers by which every answer says what made it. The gateway strips them from requests, <see cref="Color"/> excepted where forcing is allowed.</summary>
public static class SlipwayHeaders
{
    public const string Prefix = "x-slipway-";
    public const string PredictionId = "x-slipway-prediction-id";
    public const string ModelVersion = "x-slipway-model-version";
    public const string TrainingJob = "x-slipway-training-job";
    public const string Color = "x-slipway-color";

    /// <summary>Columns whose values lay outside of what training saw, separated by commas.</summary>
    public const string OutOfRange = "x-slipway-out-of-range";

    /// <summary>Columns of a request that the model does not have, separated by commas.</summary>
    public const string IgnoredColumns = "x-slipway-ignored-columns";

    /// <summary>Marks a request of the controller or of deploy itself: answered, not logged as a prediction.</summary>
    public const string Probe = "x-slipway-probe";
}
