using System.Diagnostics;
using Slipway.Inference.Generations;

namespace Slipway.Inference.Metrics;

/// <summary>One model run in a trace, with what made the prediction. Costs nothing unless the request is traced.</summary>
public readonly struct PredictionSpan : IDisposable
{
    public const string PredictionId = "slipway.prediction.id";

    private static readonly ActivitySource Source = new(InferenceMetrics.MeterName);

    private readonly Activity? _request;
    private readonly Activity? _run;

    private PredictionSpan(Activity? request, Activity? run) => (_request, _run) = (request, run);

    public static PredictionSpan Start(ModelProfile profile, int rows)
    {
        if (!Source.HasListeners())
            return default;
        var request = Activity.Current;
        var run = Source.StartActivity($"predict {profile.Manifest.Model}");
        run?.SetTag("slipway.model", profile.Manifest.Model)
            .SetTag("slipway.model.version", profile.Manifest.Version)
            .SetTag("slipway.training_job", profile.Manifest.Lineage.TrainingJob)
            .SetTag("slipway.rows", rows);
        return new(request, run);
    }

    /// <summary>On the request too, which is what people search for.</summary>
    public void Predicted(string id)
    {
        _run?.SetTag(PredictionId, id);
        if (_run is not null)
            _request?.SetTag(PredictionId, id);
    }

    public void Failed(string error) => _run?.SetStatus(ActivityStatusCode.Error, error);

    public void Dispose() => _run?.Dispose();
}
