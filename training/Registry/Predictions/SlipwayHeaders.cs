namespace Slipway.Registry.Predictions;

/// <summary>The headers in which every response says what produced it. The gateway strips them from requests, except <see cref="Color"/> if forcing is allowed.</summary>
public static class SlipwayHeaders
{
    public const string Prefix = "x-slipway-";
    public const string PredictionId = "x-slipway-prediction-id";
    public const string ModelVersion = "x-slipway-model-version";
    public const string TrainingJob = "x-slipway-training-job";
    public const string Color = "x-slipway-color";

    /// <summary>Columns whose values were outside the training range, separated by commas.</summary>
    public const string OutOfRange = "x-slipway-out-of-range";

    /// <summary>Columns of a request that the model does not have, separated by commas.</summary>
    public const string IgnoredColumns = "x-slipway-ignored-columns";

    /// <summary>On a 500: the model returned a value that is not a finite number. The gateway counts that, and does not pass the header on.</summary>
    public const string NotFinite = "x-slipway-not-finite";

    /// <summary>Marks a request from the controller or from a deployment: it is served, but not logged as a prediction.</summary>
    public const string Probe = "x-slipway-probe";
}
