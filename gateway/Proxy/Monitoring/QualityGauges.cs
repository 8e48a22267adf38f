using System.Diagnostics.Metrics;
using Slipway.Registry.Monitoring.Quality;

namespace Slipway.Gateway.Monitoring;

/// <summary>The quality of each model's newest version on real predictions as metrics, by model.</summary>
public static class QualityGauges
{
    public static void AddTo(Meter meter, CurrentQuality quality)
    {
        meter.CreateObservableGauge(
            "slipway.model.quality", () => quality.All.SelectMany(report => Metrics(report, newest => newest.Metrics.Select(metric => (metric.Key, metric.Value.Value)))),
            description: "Metrics of the newest version of a model on labeled predictions of the last days");
        meter.CreateObservableGauge(
            "slipway.model.quality.estimate", () => quality.All.SelectMany(report => Metrics(report, newest => newest.Estimate.Select(metric => (metric.Key, metric.Value)))),
            description: "Metrics of the newest version of a model on all predictions of the last days, as estimated without labels");
        meter.CreateObservableGauge(
            "slipway.model.quality.coverage", () => quality.All.Where(report => Newest(report)?.Coverage is not null).Select(report => new Measurement<double>(Newest(report)!.Coverage!.Value, Model(report))),
            "1", "Share of predictions of the last days that have a label");
        meter.CreateObservableGauge(
            "slipway.model.quality.lost", () => quality.All.Select(report => new Measurement<int>(report.Lost.Select(lost => (lost.Version, lost.Slice, lost.Metric)).Distinct().Count(), Model(report))),
            "{metric}", "Metrics of a model on labeled predictions whose gates no longer accept them");
        meter.CreateObservableGauge(
            "slipway.model.quality.estimate.lost", () => quality.All.Where(report => report.EstimatedLost is not null).Select(report => new Measurement<int>(report.EstimatedLost!.Count, Model(report))),
            "{metric}", "Metrics of a model, estimated without labels, whose gates would no longer accept them");
        meter.CreateObservableGauge(
            "slipway.model.value", () => quality.All.SelectMany(Value), description: "Value of the labeled predictions of the newest day, as model.json defines it");
    }

    /// <returns>The last days of the newest version that has predictions; null if there are none.</returns>
    private static VersionQuality? Newest(QualityReport report) => report.Versions.Where(one => one.Day is null).MaxBy(one => one.Version);

    private static IEnumerable<Measurement<double>> Metrics(QualityReport report, Func<VersionQuality, IEnumerable<(string Name, double Value)>> metrics) =>
        Newest(report) is { } newest ? metrics(newest).Select(metric => new Measurement<double>(metric.Value, Model(report), new("metric", metric.Name))) : [];

    private static IEnumerable<Measurement<double>> Value(QualityReport report)
    {
        var values = report.Versions.Where(one => one.Day is not null && one.Day == report.NewestDay && one.Value is not null).Select(one => one.Value!.Value).ToList();
        return values.Count == 0 ? [] : [new(values.Sum(), Model(report))];
    }

    private static KeyValuePair<string, object?> Model(QualityReport report) => new("model", report.Model);
}
