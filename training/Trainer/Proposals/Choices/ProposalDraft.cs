using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Trainer.Evaluation;
using Slipway.Trainer.Proposals.Inspection;
using Slipway.Trainer.Trainers;

namespace Slipway.Trainer.Proposals.Choices;

/// <summary>What was chosen from the profile of a dataset, before any model is trained on it.</summary>
/// <param name="Columns">All except the target.</param>
public sealed record ProposalDraft(DatasetSummary Summary, LabelChoice Label, IReadOnlyList<ColumnChoice> Columns)
{
    public const int Seed = 1;

    public SplitSpec Split { get; } = SizePolicy.Split(Summary.Rows);

    public IEnumerable<ColumnChoice> Features => Columns.Where(column => column.IsFeature);

    /// <summary>Encoded features.</summary>
    public int Width => Features.Sum(feature => feature.Role == ColumnRole.Numeric ? 1 : feature.Summary.Distinct);

    public double MaxMissingShare => Features.Max(feature => feature.Summary.MissingShare);

    /// <exception cref="SlipwayException">No model can be trained on it; the message says what to change.</exception>
    public static ProposalDraft Of(DatasetSummary summary, string label, ModelTask? asked)
    {
        var named = summary.Label(label);
        SizePolicy.Check(summary);
        var chosen = new LabelPolicy(summary.Source).Choose(named, asked);
        SizePolicy.Check(chosen, summary.Source);
        var columns = ColumnPolicy.Choose(summary.Columns.Where(column => column.Name != chosen.Name));
        return columns.Any(column => column.IsFeature)
            ? new(summary, chosen, columns)
            : throw new SlipwayException(
                $"{summary.Source} has no column to predict '{chosen.Name}' from:" +
                (columns.Count == 0 ? " it is the only one." : string.Concat(columns.Select(column => $"\n  - '{column.Name}': {column.Note}"))));
    }

    /// <summary>
    /// A copy in which features that predict the target on their own are moved to where they do no harm. If none would remain, they stay, because it may be an easy task.
    /// </summary>
    public ProposalDraft WithoutLeaks(IReadOnlyDictionary<string, string> suspicions)
    {
        var others = Features.Any(feature => !suspicions.ContainsKey(feature.Name));
        return this with { Columns = [.. Columns.Select(column => suspicions.TryGetValue(column.Name, out var what) ? Suspected(column, what, others) : column)] };
    }

    /// <param name="trainer">A name from <see cref="TrainerNames"/>.</param>
    public ModelSpec ToSpec(string trainer, GateSpec? gates = null, string? sample = null)
    {
        var spec = new ModelSpec(
            Description(), Label.Task, Label.Name,
            Features.ToDictionary(feature => feature.Name, feature => feature.Role == ColumnRole.Numeric ? ColumnKind.Numeric : ColumnKind.Categorical, StringComparer.Ordinal),
            trainer, gates ?? new(new Dictionary<string, Bounds>()), sample is null ? null : new(sample), Label.Positive,
            Id: Names(ColumnRole.Id), Ignore: Names(ColumnRole.Ignored), Seed: Seed, Split: Split,
            Threshold: Label.Task == ModelTask.Binary ? ThresholdPolicy.Default : null,
            Slices: SizePolicy.Slices(Features, Summary.Rows, Split) is { Count: > 0 } slices ? slices : null);
        var training = Summary.Rows * (1 - Split.Validation - Split.Holdout);
        return spec with { Hyperparameters = SizePolicy.Hyperparameters(ModelTrainers.All.For(spec), training) };
    }

    private static ColumnChoice Suspected(ColumnChoice column, string what, bool leave) => leave
        ? column with { Role = ColumnRole.Ignored, IsSuspect = true, Note = $"{what}: if it is known before the target is, move it to 'features' as {Word(column.Role)}" }
        : column with { IsSuspect = true, Note = $"{what}: check that it is known before the target is" };

    private string Description()
    {
        var from = $"from {(Features.Count() is > 1 and var count ? $"{count} columns" : $"'{Features.Single().Name}'")} of {Summary.Source}.";
        return Label.Task switch
        {
            ModelTask.Binary => $"Predicts whether '{Label.Name}' is '{Label.Positive}' or '{Label.Negative}', {from}",
            ModelTask.Multiclass => $"Predicts '{Label.Name}' ({(Label.Summary.Distinct <= 6 ? string.Join(", ", Label.Summary.Values!.Keys.Order(StringComparer.Ordinal)) : $"{Label.Summary.Distinct} classes")}) {from}",
            _ => $"Predicts '{Label.Name}' {from}",
        };
    }

    private string[]? Names(ColumnRole role) =>
        Columns.Where(column => column.Role == role).Select(column => column.Name).ToArray() is { Length: > 0 } names ? names : null;

    private static string Word(ColumnRole role) => role.ToString().ToLowerInvariant();
}
