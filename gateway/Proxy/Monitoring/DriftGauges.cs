using System.Diagnostics.Metrics;
using Slipway.Registry.Monitoring.Drift;

namespace Slipway.Gateway.Monitoring;

/// <summary>The newest verdicts as metrics, by model.</summary>
public static class DriftGauges
{
    public static void AddTo(Meter meter, CurrentDrift drift)
    {
        meter.CreateObservableGauge(
            "slipway.model.drift", () => Of(drift, verdict => verdict.Ratio), description: "Largest ratio of a feature's distance from the training data to its bound; above 1 is drift");
        meter.CreateObservableGauge("slipway.model.drifted", () => Of(drift, verdict => verdict.Drifted), "{feature}", "Features that have drifted from the training data, the output included");
        meter.CreateObservableGauge("slipway.model.data_problems", () => Of(drift, verdict => verdict.Problems.Count()), "{problem}", "Data checks of columns that are beyond chance");
    }

    private static IEnumerable<Measurement<T>> Of<T>(CurrentDrift drift, Func<DriftVerdict, T> value) where T : struct =>
        drift.All.Select(verdict => new Measurement<T>(value(verdict), new KeyValuePair<string, object?>("model", verdict.Model)));
}
