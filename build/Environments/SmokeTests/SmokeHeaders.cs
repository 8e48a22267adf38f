using System.Globalization;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Environments.SmokeTests;

/// <summary>Whether the headers of a prediction say what really made it. Pure.</summary>
public static class SmokeHeaders
{
    /// <param name="versions">By color, the version that the channel says.</param>
    /// <param name="asked">The color that was to answer; null for any with a share of traffic.</param>
    /// <param name="ids">Tells our ids from made-up ones; null where the key is not at hand.</param>
    /// <returns>Null when all is right.</returns>
    public static string? Problem(
        CallerAnswer answer, IReadOnlyDictionary<Color, LiveVersion> versions, Color? asked, TrafficSplit split, PredictionIds? ids)
    {
        if (Missing(answer) is { } missing)
            return $"the answer lacks the header {missing}";
        if (!Colors.TryParse(answer.Headers[SlipwayHeaders.Color], out var color))
            return $"{SlipwayHeaders.Color} is '{answer.Headers[SlipwayHeaders.Color]}', which is no color";
        if (asked is { } wanted && color != wanted)
            return $"{color.Word()} answered";
        if (asked is null && split.Of(color) == 0)
            return $"{color.Word()} answered, which has no share of traffic: {color.Other().Word()} fails, and this one stands in for it";
        if (!versions.TryGetValue(color, out var live))
            return $"{color.Word()} answered, and its channel names no version";

        var (version, job, id) = (answer.Headers[SlipwayHeaders.ModelVersion], answer.Headers[SlipwayHeaders.TrainingJob], answer.Headers[SlipwayHeaders.PredictionId]);
        return version != live.Manifest.Version.ToString(CultureInfo.InvariantCulture) ? $"version {version} answered, and the channel of {color.Word()} says {live.Manifest.Version}"
            : job != live.Manifest.Lineage.TrainingJob ? $"{SlipwayHeaders.TrainingJob} is '{job}', and version {version} is from '{live.Manifest.Lineage.TrainingJob}'"
            : !PredictionIds.TryParse(id, out var parsed) ? $"'{id}' is no prediction id"
            : parsed.Model != live.Manifest.Model || parsed.Version != live.Manifest.Version ? $"the prediction id '{id}' is of another version"
            : ids?.IsAuthentic(id) == false ? $"the prediction id '{id}' was not made with the key of this environment"
            : null;
    }

    private static string? Missing(CallerAnswer answer) =>
        new[] { SlipwayHeaders.PredictionId, SlipwayHeaders.ModelVersion, SlipwayHeaders.TrainingJob, SlipwayHeaders.Color }
            .FirstOrDefault(header => !answer.Headers.ContainsKey(header));
}
