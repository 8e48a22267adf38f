using System.Diagnostics.Metrics;
using Slipway.Registry.Monitoring.Domains;

namespace Slipway.Gateway.Monitoring;

/// <summary>The newest comparison of all columns together as metrics, by model. What was not compared has none.</summary>
public static class DomainGauges
{
    public static void AddTo(Meter meter, CurrentDomains domains) => meter.CreateObservableGauge(
        "slipway.model.domain", () => domains.All.SelectMany(Ratio),
        description: "AUC of the classifier that tells the last day from the training data by all columns together, divided by its bound; above 1 they are different");

    private static IEnumerable<Measurement<double>> Ratio(DomainVerdict verdict) =>
        verdict is { Auc: { } auc, Bound: > 0 and var bound } ? [new Measurement<double>(auc / bound, new KeyValuePair<string, object?>("model", verdict.Model))] : [];
}
