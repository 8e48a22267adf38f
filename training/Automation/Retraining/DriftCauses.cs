using System.Globalization;
using System.Text;
using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Drift;
using Slipway.Registry.Monitoring.Retraining;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Retraining;

/// <summary>The newest verdict of the last day that says that a version has drifted.</summary>
internal sealed class DriftCauses(IObjectStore store, TimeProvider time)
{
    // Longer than the gateway can be without a lease holder; a verdict that is older says little about what callers send now.
    private static readonly TimeSpan Window = TimeSpan.FromDays(1);

    public async Task<RetrainCause?> FindAsync(string model, int version, CancellationToken cancellation)
    {
        var ending = string.Create(CultureInfo.InvariantCulture, $".{version}.json");
        var after = StoreKeys.DriftVerdict(model, time.GetUtcNow() - Window, version: 0);
        var keys = await store.ListKeysAsync(StoreKeys.DriftVerdicts(model), after, cancellation).Where(key => key.EndsWith(ending, StringComparison.Ordinal)).ToListAsync(cancellation);
        foreach (var key in Enumerable.Reverse(keys))
            if ((await store.ReadAsync(key, RegistryJson.Default.DriftVerdict, cancellation))?.Value is { Drifted: > 0 } verdict && verdict.Version == version)
                return new(RetrainKind.Drift.Word(), key, Sentence(verdict), version);
        return null;
    }

    /// <summary>As what follows "because".</summary>
    private static string Sentence(DriftVerdict verdict)
    {
        var text = new StringBuilder();
        var features = verdict.Output is { } output ? verdict.Features.Append(output) : verdict.Features;
        if (features.Where(feature => feature.Drifted).MaxBy(feature => feature.Ratio) is not { } worst)
            text.Append(CultureInfo.InvariantCulture, $"{verdict.Drifted} columns have drifted");
        else
        {
            text.Append(CultureInfo.InvariantCulture, $"'{worst.Name}' has drifted");
            if (worst.Distances.Where(distance => distance.Decides).MaxBy(distance => distance.Value / distance.Bound) is { } distance)
                text.Append(CultureInfo.InvariantCulture, $": its {Name(distance.Statistic)} is {distance.Value:0.####}, and the bound is {distance.Bound:0.####}");
        }

        return text.Append(CultureInfo.InvariantCulture, $" (version {verdict.Version}, {verdict.Rows} rows from {verdict.Start.UtcDateTime:yyyy-MM-dd HH:mm} UTC)").ToString();
    }

    private static string Name(DriftStatistic statistic) => statistic switch
    {
        DriftStatistic.Psi => "population stability index",
        DriftStatistic.JensenShannon => "Jensen-Shannon distance",
        DriftStatistic.KolmogorovSmirnov => "Kolmogorov-Smirnov distance",
        DriftStatistic.Wasserstein => "Wasserstein distance",
        _ => "distance",
    };
}
