namespace Slipway.Registry.Models;

/// <summary>Finds values of predictions that cannot be meant: of outcomes that the task does not have, or that say nothing.</summary>
internal static class SpecValue
{
    private const int MaxUnitLength = 20;

    public static IEnumerable<string> Problems(ModelSpec spec)
    {
        if (spec.Value is not { } value)
            yield break;
        foreach (var (name, task, number) in Members(value))
            if (task != spec.Task)
                yield return $"'value.{name}' is only valid for {Word(task)} models.";
            else if (!double.IsFinite(number))
                yield return $"'value.{name}' is not a finite number.";
        if (value.Matrix is not null && spec.Task != ModelTask.Multiclass)
            yield return $"'value.matrix' is only valid for multiclass models{(spec.Task == ModelTask.Binary ? ": use 'truePositive', 'falsePositive', 'falseNegative' and 'trueNegative'" : "")}.";
        if (value.AbsoluteError is not null && (value.Overestimate ?? value.Underestimate) is not null)
            yield return "'value' must have either 'absoluteError', or 'overestimate' and 'underestimate'.";
        if (value.Unit is { } unit && (string.IsNullOrWhiteSpace(unit) || unit.Length > MaxUnitLength || unit.Any(char.IsControl)))
            yield return $"'value.unit' must be a short text such as EUR, at most {MaxUnitLength} characters.";
        foreach (var problem in Matrix(spec, value.Matrix ?? new Dictionary<string, IReadOnlyDictionary<string, double>>()))
            yield return problem;
        if (Members(value).All(member => member.Number == 0) && value.Matrix?.Values.SelectMany(row => row.Values).Any(number => number != 0) != true)
            yield return "'value' says nothing: every prediction would be worth 0.";
    }

    private static IEnumerable<string> Matrix(ModelSpec spec, IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> matrix)
    {
        foreach (var (actual, row) in matrix)
            foreach (var (predicted, number) in row)
                if (!double.IsFinite(number))
                    yield return $"'value.matrix.{actual}.{predicted}' is not a finite number.";
        if (spec.Classes is { } classes)
            foreach (var name in matrix.Keys.Concat(matrix.Values.SelectMany(row => row.Keys)).Distinct(StringComparer.Ordinal).Where(name => !classes.Contains(name)))
                yield return $"'value.matrix' names '{name}', which is not among 'classes'.{Suggestion.DidYouMean(name, classes)}";
    }

    private static IEnumerable<(string Name, ModelTask Task, double Number)> Members(ValueSpec value) =>
        from member in new (string Name, ModelTask Task, double? Number)[]
        {
            ("truePositive", ModelTask.Binary, value.TruePositive), ("falsePositive", ModelTask.Binary, value.FalsePositive),
            ("falseNegative", ModelTask.Binary, value.FalseNegative), ("trueNegative", ModelTask.Binary, value.TrueNegative),
            ("prediction", ModelTask.Regression, value.Prediction), ("absoluteError", ModelTask.Regression, value.AbsoluteError),
            ("overestimate", ModelTask.Regression, value.Overestimate), ("underestimate", ModelTask.Regression, value.Underestimate),
            ("squaredError", ModelTask.Regression, value.SquaredError),
        }
        where member.Number is not null
        select (member.Name, member.Task, member.Number ?? 0);

    private static string Word(ModelTask task) => task.ToString().ToLowerInvariant();
}
