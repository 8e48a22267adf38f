using System.Globalization;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Environments.SmokeTests;

/// <summary>Checks that the headers of a prediction identify what produced it. Pure.</summary>
public static class SmokeHeaders
{
    /// <param name="versions">The version that the channel points to, by color.</param>
    /// <param name="asked">The requested color; null for any color with a share of traffic.</param>
    /// <param name="ids">Verifies prediction ids; null if the key is not available.</param>
    /// <returns>Null if everything is correct.</returns>
    public static string? Problem(
        CallerResponse answer, IReadOnlyDictionary<Color, LiveVersion> versions, Color? asked, TrafficSplit split, PredictionIds? ids)
    {
        if (Missing(answer) is { } missing)
            return $"the response lacks the header {missing}";
        if (!Colors.TryParse(answer.Headers[SlipwayHeaders.Color], out var color))
            return $"{SlipwayHeaders.Color} is '{answer.Headers[SlipwayHeaders.Color]}', which is not a color";
        if (asked is { } wanted && color != wanted)
            return $"{color.Word()} responded";
        if (asked is null && split.Of(color) == 0)
            return $"{color.Word()} responded although it has no share of traffic: {color.Other().Word()} fails, and this color takes its traffic";
        if (!versions.TryGetValue(color, out var live))
            return $"{color.Word()} responded, but its channel points to no version";

        var (version, job, id) = (answer.Headers[SlipwayHeaders.ModelVersion], answer.Headers[SlipwayHeaders.TrainingJob], answer.Headers[SlipwayHeaders.PredictionId]);
        return version != live.Manifest.Version.ToString(CultureInfo.InvariantCulture) ? $"version {version} responded, but the channel of {color.Word()} points to {live.Manifest.Version}"
            : job != live.Manifest.Lineage.TrainingJob ? $"{SlipwayHeaders.TrainingJob} is '{job}', but version {version} is from '{live.Manifest.Lineage.TrainingJob}'"
            : !PredictionIds.TryParse(id, out var parsed) ? $"'{id}' is not a prediction id"
            : parsed.Model != live.Manifest.Model || parsed.Version != live.Manifest.Version ? $"the prediction id '{id}' belongs to another version"
            : ids?.IsAuthentic(id) == false ? $"the prediction id '{id}' was not made with the key of this environment"
            : null;
    }

    private static string? Missing(CallerResponse answer) =>
        new[] { SlipwayHeaders.PredictionId, SlipwayHeaders.ModelVersion, SlipwayHeaders.TrainingJob, SlipwayHeaders.Color }
            .FirstOrDefault(header => !answer.Headers.ContainsKey(header));
}
