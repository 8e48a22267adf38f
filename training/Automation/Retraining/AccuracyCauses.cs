using System.Globalization;
using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Quality;
using Slipway.Registry.Monitoring.Retraining;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Retraining;

/// <summary>A metric of a version that is worse than its gate, measured on labels that came later. Each day with such a loss is a cause of its own.</summary>
internal sealed class AccuracyCauses(IObjectStore store)
{
    public async Task<RetrainCause?> FindAsync(string model, int version, CancellationToken cancellation)
    {
        var key = StoreKeys.Quality(model);
        if ((await store.ReadAsync(key, RegistryJson.Default.QualityReport, cancellation))?.Value is not { } report)
            return null;
        // what holds for all rows and several days says more than what holds for a slice or a day
        var lost = report.Lost.Where(lost => lost.Version == version).OrderBy(lost => lost.Slice is not null).ThenBy(lost => lost.Day is not null).ThenByDescending(lost => lost.Day).FirstOrDefault();
        return lost is null ? null : new(RetrainKind.Accuracy.Word(), string.Create(CultureInfo.InvariantCulture, $"{key}#{version}/{lost.Metric}{(lost.Slice is { } slice ? $"/{slice}" : "")}/{lost.Day ?? report.NewestDay:yyyy-MM-dd}"), Sentence(lost), version);
    }

    /// <summary>As what follows "because".</summary>
    private static string Sentence(LostMetric lost) => string.Create(
        CultureInfo.InvariantCulture,
        $"{lost.Metric} of version {lost.Version}{(lost.Slice is { } slice ? $" for {slice}" : "")} is {lost.Value:0.####} (95 % interval {lost.Low:0.####} to {lost.High:0.####}) on {lost.Labels} labels{(lost.Day is { } day ? $" of {day:yyyy-MM-dd}" : "")}, and its gate demands {lost.Bound}");
}
