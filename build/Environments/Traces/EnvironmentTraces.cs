using Slipway.Answers.Traces;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Reports;
using Slipway.PredictionLogs;
using Slipway.Registry;
using Slipway.Registry.Predictions;
using Slipway.Registry.Storage;

namespace Slipway.Build.Environments.Traces;

/// <summary>Traces in an environment, shown to a person.</summary>
public sealed class EnvironmentTraces(SlipwayEnvironment environment, IProgressReport report)
{
    /// <exception cref="SlipwayException">The id proves nothing.</exception>
    public async Task ShowPredictionAsync(string prediction, CancellationToken cancellation)
    {
        var ids = new PredictionIds(await environment.PredictionKeyAsync(cancellation));
        var traced = await new PredictionTrace(environment.Store, ids, environment.Signatures).FindAsync(prediction, cancellation);
        var release = traced.Manifest?.Lineage is { } lineage
            ? await environment.Releases.FindAsync(lineage.Environment.Image, lineage.Source, cancellation)
            : null;
        report.ShowTrace(traced, release);
        if (!traced.Authentic)
            throw new SlipwayException("This id was not created by a server of this environment, or was modified: it proves nothing of the above.");
    }

    /// <param name="asked">A key in the store, a name in the model's folder, or the path of a file.</param>
    /// <param name="path">The path of such a file.</param>
    /// <param name="model">The model that was named; null if none was.</param>
    /// <param name="standard">The model whose folder a name is in if no model was named.</param>
    /// <exception cref="SlipwayException">There is no such dataset.</exception>
    public async Task ShowDatasetAsync(string asked, string path, string? version, string? model, string standard, CancellationToken cancellation)
    {
        var (query, what, models) = File.Exists(path)
            ? await ByContentAsync(path, version, model, cancellation)
            : ByKey(asked, version, model ?? standard);
        var traced = await report.StepAsync($"Trace {what}", step =>
            new DatasetTrace(environment.Store, environment.AllJobs, environment.Time).FindAsync(query, models, step.Now, cancellation));
        foreach (var section in traced.SelectMany(DatasetTraceSections.Of))
            report.Show(section);
        if (traced.Count == 0)
            report.Line(await IsThereAsync(query, cancellation)
                ? $"No training job used {what}."
                : throw new SlipwayException($"There is no {what} in '{environment.Name}', and no training job used it. A key looks like {StoreKeys.Dataset(model ?? standard, "file.csv")}; a file is found by its content."));
    }

    /// <exception cref="SlipwayException">The answer is not complete, or no dataset has the column.</exception>
    public async Task ShowRowAsync(string model, RowQuery query, CancellationToken cancellation)
    {
        var traced = await report.StepAsync($"Search the datasets and the log of '{model}' for {query}", step =>
            new RowTrace(environment.Store, environment.AllJobs, environment.Time).FindAsync(model, query, step.Now, cancellation));
        foreach (var section in RowTraceSections.Of(traced))
            report.Show(section);
        var unread = traced.Unread.Count();
        if (unread > 0)
            throw new SlipwayException($"The answer is not complete: {TraceText.Count(unread, "dataset")} could not be searched to the end, see above.");
        if (traced is { ColumnExists: false, Scanned.Count: > 0 })
        {
            string[] columns = [.. traced.Scanned.SelectMany(dataset => dataset.Columns).Distinct()];
            throw new SlipwayException($"No dataset of '{model}' has a column '{query.Column}'.{Suggestion.DidYouMean(query.Column, columns)} Columns: {string.Join(", ", columns)}.");
        }
    }

    private async Task<(DatasetQuery, string, IReadOnlyList<string>)> ByContentAsync(string path, string? version, string? model, CancellationToken cancellation)
    {
        var sha256 = await Sha256Hex.OfFileAsync(path, cancellation);
        return (
            new(sha256, null, version), $"dataset with the content of {path} (SHA-256 {sha256[..12]}...)",
            model is null ? await environment.Versions.ModelsAsync(cancellation) : [model]);
    }

    private static (DatasetQuery, string, IReadOnlyList<string>) ByKey(string asked, string? version, string model)
    {
        var key = asked.Contains('/') ? asked : StoreKeys.Dataset(model, asked);
        // the folder of a key is its model
        var owner = key.StartsWith(StoreKeys.Datasets, StringComparison.Ordinal) && key[StoreKeys.Datasets.Length..].Split('/') is [var folder, _] && ModelName.IsValid(folder) ? folder : model;
        return (new(null, key, version), $"dataset '{key}'{(version is null ? "" : $" in version {version}")}", [owner]);
    }

    private async Task<bool> IsThereAsync(DatasetQuery query, CancellationToken cancellation) =>
        query.Key is { } key && ObjectKey.IsValid(key) && await environment.Store.HeadAsync(key, query.Version, cancellation) is not null;
}
