using System.Globalization;
using Slipway.Registry.Costs;
using Slipway.Registry.Lineages;

namespace Slipway.Automation.Reports;

/// <summary>A lineage in words, for HTML and Markdown.</summary>
internal static class ReportLineage
{
    public static IEnumerable<KeyValuePair<string, string>> Of(TrainingRecord record)
    {
        var lineage = record.Lineage;
        yield return new("training job", lineage.TrainingJob);
        if (lineage.Cause is { } cause)
            yield return new("started because", $"{cause.Sentence} ({cause.Key})");
        yield return new("dataset", lineage.Dataset.Key);
        yield return new("dataset version", lineage.Dataset.Version);
        yield return new("dataset SHA-256", lineage.Dataset.Sha256 ?? "unknown: the job ended before it was hashed");
        yield return new("dataset size", $"{(lineage.Dataset.Rows is { } rows ? $"{ReportText.Count(rows)} rows, " : "")}{ReportText.Count(lineage.Dataset.Length)} bytes");
        yield return new("commit", lineage.Source.Dirty ? $"{lineage.Source.Commit} with uncommitted changes: not reproducible" : lineage.Source.Commit);
        yield return new("model.json SHA-256", lineage.SpecSha256);
        if (record.Model is { } model)
            yield return new("model.onnx SHA-256", $"{model.OnnxSha256} ({ReportText.Count(model.Metrics.OnnxBytes)} bytes)");
        if (lineage.Imported is { } imported)
            yield return new("imported", $"from an ONNX file with SHA-256 {imported.OnnxSha256}, verified on rows with SHA-256 {imported.GoldenSha256}");
        yield return new("trainer", TreeLibrary.Named(lineage.Trainer, lineage.Environment.Libraries));
        yield return new("seed", lineage.Seed.ToString(CultureInfo.InvariantCulture));
        if (lineage.Hyperparameters.Count > 0)
            yield return new("hyperparameters", Pairs(lineage.Hyperparameters, "="));
        if (lineage.Environment.Libraries.Count > 0)
            yield return new("libraries", Pairs(TreeLibrary.Versions(lineage.Environment.Libraries), " "));
        yield return new("image", $"{lineage.Environment.Image} ({lineage.Environment.Architecture})");
        yield return new("compared with", lineage.Parent is { } parent ? $"version {parent.ToString(CultureInfo.InvariantCulture)}" : "nothing: there was no champion");
        if (record.Model?.Schema.Threshold is { } threshold)
            yield return new("threshold", threshold.ToString("0.######", CultureInfo.InvariantCulture));
        if (record.Model?.Metrics.LatencyMicroseconds is { } microseconds)
            yield return new("time for one row", string.Create(CultureInfo.InvariantCulture, $"{microseconds:0.#} µs on one core"));
        yield return new("started", ReportText.Time(lineage.StartedAt));
        yield return new("ended", ReportText.Time(record.Outcome.At));
        yield return new("cost", CostText.Of(record.Outcome.Cost));
    }

    private static string Pairs(IEnumerable<KeyValuePair<string, string>> pairs, string between) =>
        string.Join(", ", pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key + between + pair.Value));
}
