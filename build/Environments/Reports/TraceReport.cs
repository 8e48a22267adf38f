using System.Globalization;
using System.Text.Json;
using Slipway.Automation.Reports;
using Slipway.Build.Cli.Output;
using Slipway.Build.Images.Releases;
using Slipway.PredictionLogs;
using Slipway.Registry.Channels;
using Slipway.Registry.Costs;
using Slipway.Registry.Lineages;

namespace Slipway.Build.Environments.Reports;

/// <summary>A trace for auditors: what the id proves, what the log contains, and what is registered about the version.</summary>
public static class TraceReport
{
    /// <param name="release">The release whose image trained the version; null if unknown.</param>
    public static void ShowTrace(this IProgressReport report, TracedPrediction traced, StoredRelease? release = null)
    {
        report.Table("Prediction", Prediction(traced));
        if (traced.Manifest is not { } manifest)
        {
            report.Line($"'{traced.Id.Model}' version {traced.Id.Version} is not registered in this environment.");
            return;
        }

        report.Table("Training", Signature(traced.Signature).Concat(Training(manifest.Lineage)));
        if (release?.Find(manifest.Lineage.Environment.Image) is { } image)
            report.Table("Training image", Image(release, image));
        report.Table("Dataset", Dataset(manifest.Lineage.Dataset));
        report.Table("Hyperparameters", manifest.Lineage.Hyperparameters.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        report.Table("Metrics on the holdout", manifest.Metrics.Holdout.Select(metric =>
            KeyValuePair.Create(metric.Key, metric.Value.Value.ToString("0.0000", CultureInfo.InvariantCulture))));
        report.Show(GateSection.Of(manifest.Gates, briefly: true));
        report.Table("Promoted", traced.Promotions.Select(entry =>
            KeyValuePair.Create($"{entry.At:u}", $"{entry.Action.ToString().ToLowerInvariant()} by {entry.By}: {entry.Reason} (history entry {Number(entry.Number)})")));
    }

    private static IEnumerable<KeyValuePair<string, string>> Prediction(TracedPrediction traced)
    {
        yield return new("model", $"{traced.Id.Model} version {Number(traced.Id.Version)}");
        yield return new("server", traced.Id.Replica);
        yield return new("hour", $"{traced.Id.Hour:yyyy-MM-dd HH}:00 UTC");
        yield return new("id authentic", traced.Authentic ? "yes" : "NO");
        yield return new("found in the log", traced.Logged is null ? "no: sampled out, not written yet, or expired" : "yes");
        if (traced.Logged is not { } logged)
            yield break;
        yield return new("served", string.Create(CultureInfo.InvariantCulture, $"{logged.At:u} by {logged.Color.Word()} in {logged.Microseconds:0} µs"));
        yield return new("inputs", JsonSerializer.Serialize(logged.Inputs));
        yield return new("outputs", string.Join(' ', logged.Outputs.Select(row =>
            $"[{string.Join(", ", row.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}]")));
    }

    private static IEnumerable<KeyValuePair<string, string>> Signature(TracedSignature? signature)
    {
        if (signature is not null)
            yield return new("manifest", signature.Key is { } key ? $"signed by {key.ShortId}, verified" : $"NOT VERIFIED: {signature.Problem}");
    }

    private static IEnumerable<KeyValuePair<string, string>> Training(Lineage lineage)
    {
        yield return new("training job", lineage.TrainingJob);
        yield return new("trainer", lineage.Imported is { } imported
            ? $"none: trained elsewhere, registered from an ONNX file with sha256 {imported.OnnxSha256}"
            : $"{TreeLibrary.Named(lineage.Trainer, lineage.Environment.Libraries)}, seed {Number(lineage.Seed)}");
        yield return new("commit", lineage.Source.Dirty ? $"{lineage.Source.Commit} with uncommitted changes: not reproducible" : lineage.Source.Commit);
        yield return new("spec", $"sha256 {lineage.SpecSha256}");
        yield return new("image", $"{lineage.Environment.Image} ({lineage.Environment.Architecture})");
        yield return new("libraries", string.Join(", ", TreeLibrary.Versions(lineage.Environment.Libraries).Select(library => $"{library.Key} {library.Value}")));
        yield return new("compared with", lineage.Parent is { } parent ? $"version {Number(parent)}" : "nothing: the first version");
        yield return new("started", $"{lineage.StartedAt:u}");
        yield return new("finished", $"{lineage.FinishedAt:u}");
        yield return new("cost", CostText.Of(lineage.Cost));
    }

    private static IEnumerable<KeyValuePair<string, string>> Image(StoredRelease release, StoredImage image)
    {
        yield return new("release", $"{release.Tag}, first deployed by {release.By} at {release.At:u}");
        yield return new("image", image.Reference.Uri);
        yield return new("SBOM", image.Sbom is { } sbom ? $"{image.Repository}@{sbom}" : "none was attached when it was deployed");
        yield return new("provenance", image.Provenance is { } provenance ? $"{image.Repository}@{provenance}" : "none was attached when it was deployed");
    }

    private static IEnumerable<KeyValuePair<string, string>> Dataset(DatasetReference dataset)
    {
        yield return new("key", dataset.Key);
        yield return new("version", dataset.Version);
        yield return new("sha256", dataset.Sha256 ?? "not recorded");
        yield return new("size", $"{(dataset.Rows is { } rows ? $"{Number(rows)} rows, " : "")}{Number(dataset.Length)} bytes");
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
