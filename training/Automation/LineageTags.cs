using System.Globalization;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Models;

namespace Slipway.Automation;

/// <summary>
/// The lineage as object tags, for people who browse the bucket: at most 256 characters each, from a limited character set;
/// longer values appear as their digest.
/// </summary>
public static class LineageTags
{
    private const int MaxValueLength = 256;

    public static IReadOnlyDictionary<string, string> Of(Lineage lineage, ModelMetrics metrics) => new Dictionary<string, string>
    {
        ["slipway:training-job"] = lineage.TrainingJob,
        ["slipway:dataset"] = Value($"{lineage.Dataset.Key} {lineage.Dataset.Version}"),
        ["slipway:dataset-sha256"] = lineage.Dataset.Sha256 ?? "",
        ["slipway:hyperparameters"] = Value(Pairs(lineage.Hyperparameters)),
        ["slipway:metrics"] = Value(Pairs(metrics.Holdout.ToDictionary(
            metric => metric.Key, metric => metric.Value.Value.ToString("G4", CultureInfo.InvariantCulture)))),
        ["slipway:commit"] = lineage.Source.Dirty ? $"{lineage.Source.Commit} dirty" : lineage.Source.Commit,
        ["slipway:finished"] = lineage.FinishedAt?.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) ?? "",
    };

    private static string Pairs(IReadOnlyDictionary<string, string> pairs) =>
        string.Join(' ', pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));

    internal static string Value(string text) => text.Length <= MaxValueLength
        ? string.Concat(text.Select(character => char.IsLetterOrDigit(character) || " +-=._:/@".Contains(character) ? character : '_'))
        : $"sha256={Sha256Hex.Of(text)}";
}
