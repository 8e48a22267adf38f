using System.Globalization;
using Slipway.Registry.Lineages;

namespace Slipway.Trainer.Evidence;

/// <summary>What programs read of a model card: its YAML front matter.</summary>
internal static class ModelCardHead
{
    public static string Of(ModelCard card) => string.Concat(Lines(card).Select(line => line + "\n"));

    private static IEnumerable<string> Lines(ModelCard card) =>
    [
        "---",
        $"task: {card.Spec.Task.ToString().ToLowerInvariant()}",
        $"trainer: {card.Spec.Trainer}",
        .. TreeLibrary.Of(card.Evidence.Libraries) is { } library ? new[] { $"tree_library: {library}" } : [],
        $"label: {Quoted(card.Spec.Label)}",
        $"description: {Quoted(card.Spec.Description)}",
        $"dataset_sha256: {card.Evidence.DatasetSha256}",
        $"dataset_rows: {Number(card.Evidence.Rows)}",
        $"onnx_sha256: {card.Evidence.OnnxSha256}",
        $"seed: {Number(card.Evidence.Seed)}",
        .. card.Schema.Threshold is { } threshold ? new[] { $"threshold: {Number(threshold)}" } : [],
        "metrics:",
        .. card.Metrics.Holdout.Select(metric => string.Create(CultureInfo.InvariantCulture, $"  {metric.Key}: {metric.Value.Value:0.####}")),
        "---",
    ];

    private static string Number(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private static string OneLine(string text) => string.Join(' ', text.Split((char[])['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static string Quoted(string text) =>
        $"\"{OneLine(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
