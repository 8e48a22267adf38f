using System.Text.Json.Serialization;

namespace Slipway.Registry.Models;

/// <summary>
/// <c>training/models/&lt;name&gt;/model.json</c>: everything that defines a model, as its owner wrote it. Comments and trailing commas are allowed,
/// unknown members are errors. Read it with <see cref="ModelSpecReader"/>, which checks it as a whole.
/// </summary>
/// <param name="Dataset">The sample that Deploy starts from if the store has no dataset yet.</param>
/// <param name="Label">The target column to predict.</param>
/// <param name="Positive">For binary: the label that counts as positive; null if the labels are 0/1 or true/false.</param>
/// <param name="Classes">For multiclass: the labels in the order of the model's outputs; null for all that occur, in order.</param>
/// <param name="Id">Columns that identify a row. They decide its side of the split and never become features.</param>
/// <param name="Ignore">Columns that must not become features, because they reveal the target or mean nothing.</param>
/// <param name="Features">Kind by column name. Every column of a dataset is an id, the target, ignored or a feature; others are reported.</param>
/// <param name="Trainer">A name from <see cref="TrainerNames"/>, or that of a trainer whose C# is next to the spec.</param>
/// <param name="Hyperparameters">Numbers under the trainer's own names; if absent, the trainer's default applies.</param>
/// <param name="Slices">Categorical features to report and gate separately.</param>
/// <param name="Personal">Features whose values are about a person: servers leave them out of the recent requests that they keep in memory, and do not log the values themselves.</param>
/// <param name="PersonalInLog">What the prediction log has instead: a keyed hash of each value, by default, or nothing.</param>
/// <param name="Retrain">What causes a training on the newest dataset; null if every dataset that arrives does.</param>
/// <param name="Value">What predictions are worth: adds the metric <c>value</c>, which gates can be set on; null if only errors count.</param>
public sealed record ModelSpec(
    string Description,
    ModelTask Task,
    string Label,
    IReadOnlyDictionary<string, ColumnKind> Features,
    string Trainer,
    GateSpec Gates,
    SampleDataset? Dataset = null,
    string? Positive = null,
    IReadOnlyList<string>? Classes = null,
    IReadOnlyList<string>? Id = null,
    IReadOnlyList<string>? Ignore = null,
    IReadOnlyDictionary<string, double>? Hyperparameters = null,
    int Seed = 1,
    SplitSpec? Split = null,
    ThresholdSpec? Threshold = null,
    IReadOnlyList<string>? Slices = null,
    Delivery Delivery = Delivery.Swap,
    IReadOnlyList<string>? Personal = null,
    RetrainSpec? Retrain = null,
    ValueSpec? Value = null,
    PersonalInLog PersonalInLog = PersonalInLog.Hashed);

/// <param name="File">A CSV file next to the spec.</param>
/// <param name="Generator">Alternatively, the name of a generator in the trainer, with the number of rows and the seed.</param>
public sealed record SampleDataset(string? File = null, string? Generator = null, int? Rows = null, int? Seed = null);

/// <summary>Shares of rows, 0 to 1. The rest is for training.</summary>
public sealed record SplitSpec(double Validation = 0.2, double Holdout = 0.2);

/// <summary>How the decision threshold is chosen, on the validation rows.</summary>
/// <param name="Fixed">This probability.</param>
/// <param name="MaximizeF">The threshold with the best F-beta score, for this beta.</param>
/// <param name="RecallAtLeast">The highest threshold with at least this recall.</param>
public sealed record ThresholdSpec(double? Fixed = null, double? MaximizeF = null, double? RecallAtLeast = null);

/// <param name="Metrics">Bounds by metric name on the holdout.</param>
/// <param name="Champion">Metrics that must not be worse than the champion's, with the largest accepted loss.</param>
/// <param name="Slices">Minimums for every slice with enough rows.</param>
/// <param name="UnknownCategoriesAtMost">Share, 0 to 1, of a column's categories that champion and candidate may not have in common; half of them by default.</param>
public sealed record GateSpec(
    IReadOnlyDictionary<string, Bounds> Metrics,
    IReadOnlyDictionary<string, ChampionGate>? Champion = null,
    SliceGate? Slices = null,
    DataGate? Data = null,
    double? LatencyMicrosecondsAtMost = null,
    long? OnnxBytesAtMost = null,
    double? UnknownCategoriesAtMost = null);

public sealed record Bounds(double? AtLeast = null, double? AtMost = null);

/// <param name="LossAtMost">In the metric's own unit. By default, half the width of the candidate's interval.</param>
public sealed record ChampionGate(double? LossAtMost = null);

/// <param name="RowsAtLeast">Smaller slices are reported, but not gated.</param>
public sealed record SliceGate(IReadOnlyDictionary<string, Bounds> Metrics, int RowsAtLeast = 50);

/// <param name="MissingAtMost">Maximum share of missing values in any feature column.</param>
/// <param name="LabelRate">For binary: the share of positives.</param>
/// <param name="ClassRate">For multiclass: the share of every class.</param>
/// <param name="LabelMean">For regression: the mean of the target.</param>
public sealed record DataGate(
    long? RowsAtLeast = null, double? MissingAtMost = null, Bounds? LabelRate = null, Bounds? ClassRate = null, Bounds? LabelMean = null);

[JsonConverter(typeof(JsonStringEnumConverter<Delivery>))]
public enum Delivery
{
    /// <summary>Both colors' channels move; each server verifies the model before it serves it.</summary>
    [JsonStringEnumMemberName("swap")] Swap,

    /// <summary>The idle color's channel moves, the gateway moves the model's requests there step by step, and the other channel follows when the version has done well.</summary>
    [JsonStringEnumMemberName("rollout")] Rollout,
}
