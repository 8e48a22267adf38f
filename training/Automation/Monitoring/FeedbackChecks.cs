using Slipway.Registry.Manifests;
using Slipway.Registry.Models;
using Slipway.Registry.Predictions;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Monitoring;

/// <summary>Checks labels before they are stored, as a server checks what callers send.</summary>
/// <param name="ids">Null if the key of prediction ids cannot be read: then an id of the right form that no server created is found out when labels are joined.</param>
public sealed class FeedbackChecks(IObjectStore store, string model, PredictionIds? ids, TimeProvider time)
{
    private const int MaxClasses = 10;

    // a clock may be a little ahead
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    private readonly Dictionary<int, ModelLabels?> _versions = [];

    /// <returns>Why the line is refused, as the end of a sentence; null if it is feedback.</returns>
    public async Task<string?> ProblemAsync(FeedbackLine line, CancellationToken cancellation)
    {
        if (line.Flaw is not null)
            return line.Flaw;
        if (!PredictionIds.TryParse(line.PredictionId, out var id) || ids?.IsAuthentic(line.PredictionId) == false)
            return $"'{FeedbackFile.Shown(line.PredictionId)}' is not a prediction id of this environment";
        if (id.Model != model)
            return $"the prediction is from '{id.Model}', not from '{model}'";
        if (id.Rows is { } rows && line.Row >= rows)
            return $"the prediction has {rows} {(rows == 1 ? "row" : "rows")}, numbered from 0, and no row {line.Row}";
        if (line.Time > time.GetUtcNow() + Slack)
            return "the time is in the future";
        if (line.Time < id.Hour - Slack)
            return "the time is before the prediction";
        if (await LabelsAsync(id.Version, cancellation) is not { } labels)
            return $"version {id.Version} is gone, so that nobody knows what its predictions mean";
        return labels.Find(line.Label) is not null ? null
            : labels.Words.Count == 0 ? $"the label '{FeedbackFile.Shown(line.Label)}' is not a finite number"
            : $"the label '{FeedbackFile.Shown(line.Label)}' is not one of {string.Join(", ", labels.Words.Take(MaxClasses))}";
    }

    private async Task<ModelLabels?> LabelsAsync(int version, CancellationToken cancellation)
    {
        if (_versions.TryGetValue(version, out var known))
            return known;
        var manifest = await new ModelVersions(store).GetAsync(model, version, cancellation);
        return _versions[version] = manifest is null ? null : new(manifest.Schema);
    }
}
