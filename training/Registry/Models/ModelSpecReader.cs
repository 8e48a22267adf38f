using System.Text.Json;

namespace Slipway.Registry;

/// <summary>Reads <c>model.json</c> and reports everything that is wrong with it at once.</summary>
public static class ModelSpecReader
{
    /// <param name="source">What to call it in messages, such as its path.</param>
    /// <exception cref="SlipwayException">It is not readable or does not make sense; the message lists every problem.</exception>
    public static ModelSpec Read(ReadOnlySpan<byte> json, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(
                json.ToArray(), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            Refuse(source, SpecShape.Problems(document.RootElement, SpecJson.Default.ModelSpec));
            var spec = document.Deserialize(SpecJson.Default.ModelSpec)
                ?? throw new SlipwayException($"{source} holds the value null instead of a model.");
            Refuse(source, Problems(spec));
            return spec;
        }
        catch (JsonException e)
        {
            throw new SlipwayException($"{source} can not be read: {e.Message}", e);
        }
    }

    private static void Refuse(string source, IEnumerable<string> problems)
    {
        var all = string.Concat(problems.Select(problem => $"\n  - {problem}"));
        if (all.Length > 0)
            throw new SlipwayException($"{source} does not make sense:{all}");
    }

    private static IEnumerable<string> Problems(ModelSpec spec)
    {
        if (spec.Features.Count == 0)
            yield return "'features' is empty: name at least one column.";
        if (spec.Features.ContainsKey(spec.Label))
            yield return $"The label '{spec.Label}' is also a feature: the model would learn the answer from itself.";
        foreach (var column in (spec.Ignore ?? []).Where(spec.Features.ContainsKey))
            yield return $"'{column}' is both ignored and a feature.";
        foreach (var column in (spec.Id ?? []).Where(spec.Features.ContainsKey))
            yield return $"'{column}' is both an id and a feature: ids never become features.";
        foreach (var slice in spec.Slices ?? [])
            if (!spec.Features.TryGetValue(slice, out var kind) || kind != ColumnKind.Categorical)
                yield return $"The slice '{slice}' is not a categorical feature.";

        var split = spec.Split ?? new();
        if (split.Validation is not (> 0 and < 1) || split.Holdout is not (> 0 and < 1) || split.Validation + split.Holdout >= 0.9)
            yield return "'split' must leave at least a tenth of the rows for training, and give validation and holdout more than nothing.";
        if (spec.Threshold is { } threshold)
            foreach (var problem in Problems(spec.Task, threshold))
                yield return problem;

        if (spec.Dataset is { } dataset && dataset.File is null == dataset.Generator is null)
            yield return "'dataset' names either a 'file' or a 'generator'.";
        if (spec.Gates.Metrics.Count == 0)
            yield return "'gates.metrics' is empty: a model without a gate can not be trusted.";
        foreach (var (metric, bounds) in spec.Gates.Metrics.Concat(spec.Gates.Slices?.Metrics ?? Enumerable.Empty<KeyValuePair<string, Bounds>>()))
            if (bounds is { AtLeast: null, AtMost: null } || bounds.AtLeast > bounds.AtMost)
                yield return $"The gate on '{metric}' can not be met or says nothing: give 'atLeast', 'atMost', or both in order.";
        foreach (var metric in spec.Gates.Metrics.Keys.Concat(spec.Gates.Slices?.Metrics.Keys ?? []).Concat(spec.Gates.Champion?.Keys ?? []).Distinct())
            if (spec.Task == ModelTask.Binary && !MetricNames.Binary.Contains(metric))
                yield return $"There is no metric '{metric}' to gate.{Suggestion.DidYouMean(metric, MetricNames.Binary)} There are: {string.Join(", ", MetricNames.Binary)}.";
    }

    private static IEnumerable<string> Problems(ModelTask task, ThresholdSpec threshold)
    {
        if (task != ModelTask.Binary)
            yield return "'threshold' belongs to binary models only.";
        if (new[] { threshold.Fixed, threshold.MaximizeF, threshold.RecallAtLeast }.Count(choice => choice is not null) != 1)
            yield return "'threshold' names exactly one of 'fixed', 'maximizeF' and 'recallAtLeast'.";
        if (threshold.Fixed is not (null or (> 0 and < 1)) || threshold.RecallAtLeast is not (null or (> 0 and <= 1)))
            yield return "'threshold' values are probabilities between 0 and 1.";
    }
}
