using Slipway.Registry.Models;
using Slipway.Trainer.Proposals.Choices;
using Slipway.Trainer.Proposals.FirstModels;

namespace Slipway.Trainer.Proposals.Text;

/// <summary>What was found and chosen, in words: for the comments in model.json, and for the console.</summary>
public sealed record ProposalText(ProposalOutcome Outcome)
{
    private ProposalDraft Draft => Outcome.Draft;

    private FirstModelResult Result => Outcome.Result;

    private string Leading => FirstModel.LeadingMetric(Draft.Label.Task);

    private bool IsBetterThanChance => GateProposal.IsBetterThanChance(Draft.Label.Task, Result.Measured, Result.Chance);

    /// <summary>The reason for the trainer.</summary>
    public string TrainerNote => Result switch
    {
        { Chosen: null } => "no trainer found anything that distinguishes the rows",
        { Fitted.Count: 1 } => $"{Leading} {Figure(Result.Chosen!)} on {Result.ValidationRows:N0} validation rows",
        _ => $"{Leading} on {Result.ValidationRows:N0} validation rows: {string.Join(", ", Result.Fitted.Select(fitted => $"{fitted.Spec.Trainer} {Figure(fitted)}"))}{Simpler}",
    };

    /// <summary>The source of the numbers next to the gates.</summary>
    public string GatesNote => IsBetterThanChance
        ? $"In brackets: the value of this model on {Result.HoldoutRows:N0} holdout rows; chance is a constant prediction. The bounds leave room for random variation."
        : $"On {Result.HoldoutRows:N0} holdout rows, nothing was significantly better than chance, a constant prediction. The bounds require better than chance: add more rows, or more informative columns.";

    public IEnumerable<string> Lines()
    {
        yield return $"{Draft.Summary.Source}: {Draft.Summary.Rows:N0} rows, {Draft.Summary.Columns.Count} columns";
        yield return $"  target    '{Draft.Label.Name}', {Draft.Label.Task.ToString().ToLowerInvariant()}: {Label()}";
        foreach (var (word, role) in new[] { ("numeric", ColumnRole.Numeric), ("category", ColumnRole.Categorical), ("id", ColumnRole.Id) })
            if (Draft.Columns.Where(column => column.Role == role).Select(column => column.Name).ToList() is { Count: > 0 } names)
                yield return $"  {word,-9} {string.Join(", ", names)}";
        foreach (var column in Draft.Columns.Where(column => column.Role == ColumnRole.Ignored || column.IsSuspect))
            yield return $"  {(column.IsFeature ? "suspect" : "ignored"),-9} '{column.Name}': {column.Note}";
        yield return $"  trainer   {Outcome.Spec.Trainer}: {TrainerNote}";
        yield return $"  holdout   {Holdout()}";
        foreach (var warning in Remedies().Append(Draft.Label.Warning).Append(LeakWarning()).Append(ChanceWarning()).Append(PerfectScoreWarning()).OfType<string>())
            yield return $"Warning: {warning}";
    }

    private string Label() => Draft.Label.Positive is { } positive ? $"positive is '{positive}', {Draft.Label.Note}" : Draft.Label.Note;

    private string Holdout() => Result.Measured is not { } measured
        ? $"{Result.HoldoutRows:N0} rows, not evaluated"
        : $"{Result.HoldoutRows:N0} rows: " + string.Join(", ", Outcome.Gates.Spec.Metrics.Keys.Where(measured.Holdout.ContainsKey).Select(name =>
            $"{name} {NiceNumber.Text(measured.Holdout[name].Value)}{(Outcome.Gates.Spec.Champion?.ContainsKey(name) == true ? $" (chance {NiceNumber.Text(Result.Chance[name])})" : "")}"));

    private IEnumerable<string?> Remedies() => Draft.Columns
        .Where(column => column.Remedy is not null)
        .GroupBy(column => column.Remedy)
        .Select(group => $"{Names(group)} would be {(group.Count() == 1 ? "a numeric column" : "numeric columns")} except for some values. To use {(group.Count() == 1 ? "it" : "them")}, {group.Key}; then delete the model's folder and run NewModel again.");

    private string? LeakWarning()
    {
        var suspects = Draft.Columns.Where(column => column.IsSuspect).ToList();
        var (tell, they, them) = suspects.Count == 1 ? ("predicts", "it is", "it") : ("predict", "they are", "them");
        return suspects.Count == 0 ? null
            : suspects.Exists(column => column.IsFeature) ? $"{Names(suspects)} {tell} the target so well that {they} probably known only afterwards. There is no other feature, so check whether that is the case."
            : $"{Names(suspects)} {tell} the target so well that {they} probably known only afterwards, and {they} ignored. If that is wrong, move {them} to 'features' in model.json.";
    }

    private static string Names(IEnumerable<ColumnChoice> columns) => string.Join(", ", columns.Select(column => $"'{column.Name}'"));

    private string? ChanceWarning() => IsBetterThanChance ? null
        : "these columns do not predict the target significantly better than chance. The gates require better than chance, so training may not pass.";

    private string? PerfectScoreWarning() => Result.Measured?.Holdout.GetValueOrDefault(Leading) is { } metric && IsNearlyPerfect(metric.Value)
        ? "this is nearly perfect, which is rare with real data. Check that each feature is known before the target is."
        : null;

    private bool IsNearlyPerfect(double value) => Draft.Label.Task == ModelTask.Regression
        ? value < 0.01 * Result.Chance[Leading]
        : 1 - value < 0.001 * (1 - Result.Chance[Leading]);

    // the other one is ahead, but not significantly
    private string Simpler => Result.Chosen == Result.Fitted[0] && FirstModel.Gain(Result.Fitted[0], Result.Fitted[1]) > 0 ? ": close enough for the simpler one" : "";

    private static string Figure(FirstModel model) => NiceNumber.Text(model.Validation.Value);
}
