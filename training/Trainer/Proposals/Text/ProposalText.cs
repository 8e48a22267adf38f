using Slipway.Registry;

namespace Slipway.Trainer;

/// <summary>What was found and chosen, in words: beside the choices in model.json, and on the console.</summary>
public sealed record ProposalText(ProposalOutcome Outcome)
{
    private ProposalDraft Draft => Outcome.Draft;

    private FirstModelResult Result => Outcome.Result;

    private string Leading => FirstModel.LeadingMetric(Draft.Label.Task);

    private bool IsBetterThanChance => GateProposal.IsBetterThanChance(Draft.Label.Task, Result.Measured, Result.Chance);

    /// <summary>Why this trainer.</summary>
    public string TrainerNote => Result switch
    {
        { Chosen: null } => "no trainer found anything to tell the rows apart by",
        { Fitted.Count: 1 } => $"{Leading} {Figure(Result.Chosen!)} on {Result.ValidationRows:N0} validation rows",
        _ => $"{Leading} on {Result.ValidationRows:N0} validation rows: {string.Join(", ", Result.Fitted.Select(fitted => $"{fitted.Spec.Trainer} {Figure(fitted)}"))}{Simpler}",
    };

    /// <summary>Where the figures beside the gates come from.</summary>
    public string GatesNote => IsBetterThanChance
        ? $"In brackets what this model measured on {Result.HoldoutRows:N0} holdout rows; chance is an answer that is always the same. The bounds leave room for the luck of the rows."
        : $"On {Result.HoldoutRows:N0} holdout rows nothing was surely better than chance, an answer that is always the same. The bounds demand that much: bring more rows, or columns that say more.";

    public IEnumerable<string> Lines()
    {
        yield return $"{Draft.Look.Source}: {Draft.Look.Rows:N0} rows, {Draft.Look.Columns.Count} columns";
        yield return $"  label     '{Draft.Label.Name}', {Draft.Label.Task.ToString().ToLowerInvariant()}: {Label()}";
        foreach (var (word, role) in new[] { ("numeric", ColumnRole.Numeric), ("category", ColumnRole.Categorical), ("id", ColumnRole.Id) })
            if (Draft.Columns.Where(column => column.Role == role).Select(column => column.Name).ToList() is { Count: > 0 } names)
                yield return $"  {word,-9} {string.Join(", ", names)}";
        foreach (var column in Draft.Columns.Where(column => column.Role == ColumnRole.Ignored || column.IsSuspect))
            yield return $"  {(column.IsFeature ? "suspect" : "ignored"),-9} '{column.Name}': {column.Note}";
        yield return $"  trainer   {Outcome.Spec.Trainer}: {TrainerNote}";
        yield return $"  holdout   {Holdout()}";
        foreach (var warning in Remedies().Append(Draft.Label.Warning).Append(Suspicion()).Append(Doubt()).Append(Wonder()).OfType<string>())
            yield return $"Warning: {warning}";
    }

    private string Label() => Draft.Label.Positive is { } positive ? $"positive is '{positive}', {Draft.Label.Note}" : Draft.Label.Note;

    private string Holdout() => Result.Measured is not { } measured
        ? $"{Result.HoldoutRows:N0} rows, not measured"
        : $"{Result.HoldoutRows:N0} rows: " + string.Join(", ", Outcome.Gates.Spec.Metrics.Keys.Where(measured.Holdout.ContainsKey).Select(name =>
            $"{name} {NiceNumber.Text(measured.Holdout[name].Value)}{(Outcome.Gates.Spec.Champion?.ContainsKey(name) == true ? $" (chance {NiceNumber.Text(Result.Chance[name])})" : "")}"));

    private IEnumerable<string?> Remedies() => Draft.Columns
        .Where(column => column.Remedy is not null)
        .GroupBy(column => column.Remedy)
        .Select(group => $"{Names(group)} would be {(group.Count() == 1 ? "a number" : "numbers")}, but for some values. To learn from {(group.Count() == 1 ? "it" : "them")}, {group.Key}; then remove the model's folder and run NewModel again.");

    private string? Suspicion()
    {
        var suspects = Draft.Columns.Where(column => column.IsSuspect).ToList();
        var (tell, they, them) = suspects.Count == 1 ? ("tells", "it is", "it") : ("tell", "they are", "them");
        return suspects.Count == 0 ? null
            : suspects.Exists(column => column.IsFeature) ? $"{Names(suspects)} {tell} the label, as if known only when the label is. There is no other feature, so see whether that is so."
            : $"{Names(suspects)} {tell} the label, as if known only when the label is: {they} left out. If that is wrong, move {them} to 'features' in model.json.";
    }

    private static string Names(IEnumerable<ColumnChoice> columns) => string.Join(", ", columns.Select(column => $"'{column.Name}'"));

    private string? Doubt() => IsBetterThanChance ? null
        : "nothing in these columns is surely better than chance at this label. The gates demand better than chance, so training passes only if it is.";

    private string? Wonder() => Result.Measured?.Holdout.GetValueOrDefault(Leading) is { } metric && IsNearlyPerfect(metric.Value)
        ? "this is nearly perfect, which real data seldom allows. See whether each feature is known before the label is."
        : null;

    private bool IsNearlyPerfect(double value) => Draft.Label.Task == ModelTask.Regression
        ? value < 0.01 * Result.Chance[Leading]
        : 1 - value < 0.001 * (1 - Result.Chance[Leading]);

    // the other one is ahead, but not by more than luck
    private string Simpler => Result.Chosen == Result.Fitted[0] && FirstModel.Gain(Result.Fitted[0], Result.Fitted[1]) > 0 ? ": close enough for the simpler one" : "";

    private static string Figure(FirstModel model) => NiceNumber.Text(model.Validation.Value);
}
