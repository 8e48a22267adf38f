using System.Diagnostics.Metrics;
using System.Globalization;
using Slipway.Inference.Generations;
using Slipway.Inference.Monitoring;
using Slipway.Inference.PredictionLogs;
using Slipway.Inference.Requests;
using Slipway.Inference.Slots;
using Slipway.Registry.Replicas;

namespace Slipway.Inference.Metrics;

/// <summary>The meter <c>Slipway.Inference</c>. Labels are bounded: model, version, status.</summary>
public sealed class InferenceMetrics
{
    public const string MeterName = "Slipway.Inference";

    /// <summary>Upper bounds in seconds: one row takes microseconds, a large batch milliseconds.</summary>
    private static readonly double[] Durations = [5e-6, 1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 1e-2, 5e-2, 0.25, 1];

    private readonly Counter<long> _rows;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _notFinite;
    private readonly Histogram<double> _duration;

    public InferenceMetrics(IMeterFactory meters, ModelCatalog catalog, AdmissionGate gate, BodyBudget bodies, PredictionLog log, ModelMonitors monitors)
    {
        var meter = meters.Create(MeterName);
        _duration = meter.CreateHistogram("slipway.inference.duration", "s", "Duration of one model run; its count is the number of predictions",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Durations });
        _rows = meter.CreateCounter<long>("slipway.inference.rows", "{row}", "Predicted rows");
        _failures = meter.CreateCounter<long>("slipway.inference.failures", "{request}", "Requests without a prediction, by status");
        _notFinite = meter.CreateCounter<long>("slipway.inference.not_finite", "{request}", "Requests for which the model returned a value that is not a finite number");
        Observe(meter, catalog);
        Observe(meter, log);
        meter.CreateObservableCounter("slipway.inference.monitoring.lost", () => monitors.Lost, "{window}", "Windows whose last counts for drift were lost because the store was unavailable");
        meter.CreateObservableGauge("slipway.inference.queue", () => gate.Waiting, "{request}", "Waiting requests");
        meter.CreateObservableGauge("slipway.inference.stalled", () => gate.Stalled.TotalSeconds, "s", "How long requests have been waiting without any of them getting a turn");
        meter.CreateObservableGauge("slipway.inference.bodies", () => bodies.Taken, "By", "Memory that large request bodies use");
    }

    public void Predicted(ModelProfile profile, int rows, TimeSpan elapsed)
    {
        _duration.Record(elapsed.TotalSeconds, Model(profile), Version(profile));
        _rows.Add(rows, Model(profile), Version(profile));
    }

    public void AnsweredNotFinite(ModelProfile profile) => _notFinite.Add(1, Model(profile), Version(profile));

    /// <param name="model">Null if the request names no existing model: the number of labels must not grow with what clients send.</param>
    public void Failed(string? model, int status) => _failures.Add(
        1, new KeyValuePair<string, object?>("model", model ?? ""), new("status", status.ToString(CultureInfo.InvariantCulture)));

    private static void Observe(Meter meter, ModelCatalog catalog)
    {
        meter.CreateObservableCounter("slipway.inference.swaps", () => PerModel(catalog, slot => slot.Swaps), "{swap}", "Versions that were verified and swapped in");
        meter.CreateObservableCounter("slipway.inference.rejections", () => PerModel(catalog, slot => slot.Rejections), "{attempt}", "Attempts after which a version was quarantined");
        meter.CreateObservableCounter("slipway.inference.put_backs", () => PerModel(catalog, slot => slot.PutBacks), "{swap}", "Versions that were swapped in and put back because they did worse");
        meter.CreateObservableGauge("slipway.inference.compiled", () => PerModel(catalog, slot => slot.Evaluator == ServedModel.ByCompiledModel ? 1 : 0), description: "1 while a compiled model makes the predictions, instead of ONNX Runtime");
        meter.CreateObservableGauge("slipway.inference.baking", () => PerModel(catalog, slot => slot.State.Warm is null ? 0 : 1), description: "1 while the version before is kept to be put back");
        meter.CreateObservableCounter("slipway.inference.postponements", () => PerModel(catalog, slot => slot.Postponements), "{attempt}", "Attempts for which the store was unavailable, or memory was short");
        meter.CreateObservableGauge("slipway.inference.stale", () => PerModel(catalog, slot => slot.Staleness.TotalSeconds), "s", "How long a model has not served the version that its channel points to");
    }

    private static void Observe(Meter meter, PredictionLog log)
    {
        meter.CreateObservableCounter("slipway.inference.log.accepted", () => log.Accepted, "{record}", "Records accepted for the prediction log");
        meter.CreateObservableCounter("slipway.inference.log.written", () => log.Written, "{record}", "Records written to the store");
        meter.CreateObservableCounter("slipway.inference.log.dropped", () => log.Dropped, "{record}", "Records that were dropped because the store was slow or unavailable");
    }

    private static IEnumerable<Measurement<T>> PerModel<T>(ModelCatalog catalog, Func<ModelSlot, T> value) where T : struct =>
        catalog.Slots.Select(slot => new Measurement<T>(value(slot), new KeyValuePair<string, object?>("model", slot.Model)));

    private static KeyValuePair<string, object?> Model(ModelProfile profile) => new("model", profile.Manifest.Model);
    private static KeyValuePair<string, object?> Version(ModelProfile profile) => new("version", profile.VersionText.Value);
}
