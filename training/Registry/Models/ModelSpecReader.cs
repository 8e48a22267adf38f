using System.Text.Json;

namespace Slipway.Registry.Models;

/// <summary>Reads <c>model.json</c> and reports everything that is wrong with it at once.</summary>
public static class ModelSpecReader
{
    /// <param name="source">Its name in messages, such as its path.</param>
    /// <exception cref="SlipwayException">It is not readable or not valid; the message lists every problem.</exception>
    public static ModelSpec Read(ReadOnlySpan<byte> json, string source)
    {
        // some editors write a byte order mark
        if (json.StartsWith("\uFEFF"u8))
            json = json[3..];
        try
        {
            using var document = JsonDocument.Parse(
                json.ToArray(), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, AllowDuplicateProperties = false });
            Refuse(source, SpecShape.Problems(document.RootElement, SpecJson.Default.ModelSpec));
            var spec = document.Deserialize(SpecJson.Default.ModelSpec)
                ?? throw new SlipwayException($"{source} is null instead of a model.");
            Refuse(source, [.. Problems(spec), .. SpecValue.Problems(spec), .. SpecGates.Problems(spec)]);
            return spec;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is not valid UTF-8
            throw new SlipwayException($"{source} cannot be read: {e.Message}", e);
        }
    }

    private static void Refuse(string source, IEnumerable<string> problems)
    {
        var all = string.Concat(problems.Select(problem => $"\n  - {problem}"));
        if (all.Length > 0)
            throw new SlipwayException($"{source} is invalid:{all}");
    }

    private static IEnumerable<string> Problems(ModelSpec spec) => [.. Columns(spec), .. Label(spec), .. Training(spec)];

    private static IEnumerable<string> Columns(ModelSpec spec)
    {
        if (spec.Features.Count == 0)
            yield return "'features' is empty: list at least one column.";
        if (spec.Features.ContainsKey(spec.Label))
            yield return $"The target column '{spec.Label}' is also a feature: the model would predict the target from itself.";
        foreach (var column in (spec.Ignore ?? []).Where(spec.Features.ContainsKey))
            yield return $"'{column}' is both ignored and a feature.";
        foreach (var column in (spec.Id ?? []).Where(spec.Features.ContainsKey))
            yield return $"'{column}' is both an id and a feature: ids never become features.";
        foreach (var slice in spec.Slices ?? [])
            if (!spec.Features.TryGetValue(slice, out var kind) || kind != ColumnKind.Categorical)
                yield return $"The slice '{slice}' is not a categorical feature.";
        foreach (var column in (spec.Personal ?? []).Where(column => !spec.Features.ContainsKey(column)))
            yield return $"'{column}' is listed under 'personal' and is not a feature: only features reach a server.";
    }

    private static IEnumerable<string> Label(ModelSpec spec)
    {
        if (string.IsNullOrWhiteSpace(spec.Label))
            yield return "'label' is empty: name the column to predict.";
        if (spec.Positive is not null && spec.Task != ModelTask.Binary)
            yield return "'positive' is only valid for binary models.";
        if (spec.Classes is not null && spec.Task != ModelTask.Multiclass)
            yield return "'classes' is only valid for multiclass models.";
        if (spec.Classes is { } classes && (classes.Count < 2 || classes.Distinct(StringComparer.Ordinal).Count() < classes.Count || classes.Any(string.IsNullOrWhiteSpace)))
            yield return "'classes' must list at least two classes, each once.";
        if (spec.Threshold is { } threshold)
            foreach (var problem in Problems(spec.Task, threshold))
                yield return problem;
    }

    private static IEnumerable<string> Training(ModelSpec spec)
    {
        if (string.IsNullOrWhiteSpace(spec.Trainer))
            yield return $"'trainer' is empty. Trainers: {string.Join(", ", TrainerNames.BuiltIn)}.";
        var split = spec.Split ?? new();
        if (split.Validation is not (> 0 and < 1) || split.Holdout is not (> 0 and < 1) || split.Validation + split.Holdout >= 0.9)
            yield return "'split' must leave at least a tenth of the rows for training, and give validation and holdout some rows each.";
        if (spec.Dataset is { } dataset && dataset.File is null == dataset.Generator is null)
            yield return "'dataset' must name either a 'file' or a 'generator'.";
        foreach (var (name, value) in spec.Hyperparameters ?? new Dictionary<string, double>())
            if (!double.IsFinite(value))
                yield return $"'hyperparameters.{name}' is too large for a number.";
        if (spec.Seed < 0)
            yield return "'seed' must not be negative.";
        if (spec.Retrain is not null && spec.Trainer == TrainerNames.Imported)
            yield return $"'retrain' is only valid for models that are trained, and 'trainer' is {TrainerNames.Imported}.";
        foreach (var problem in spec.Retrain?.Problems() ?? [])
            yield return problem;
    }

    private static IEnumerable<string> Problems(ModelTask task, ThresholdSpec threshold)
    {
        if (task != ModelTask.Binary)
            yield return "'threshold' is only valid for binary models.";
        if (new[] { threshold.Fixed, threshold.MaximizeF, threshold.RecallAtLeast }.Count(choice => choice is not null) != 1)
            yield return "'threshold' must have exactly one of 'fixed', 'maximizeF' and 'recallAtLeast'.";
        if (threshold.Fixed is not (null or (> 0 and < 1)) || threshold.RecallAtLeast is not (null or (> 0 and <= 1)))
            yield return "'threshold' values must be probabilities between 0 and 1.";
        if (threshold.MaximizeF is not (null or (> 0 and < 100)))
            yield return "'threshold.maximizeF' is the beta of the F score and must be greater than 0 and less than 100.";
    }
}
