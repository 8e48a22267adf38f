namespace Slipway.Registry;

/// <summary>
/// Whether callers of the champion can go on unchanged with the candidate. A new column is no break, for a value that nobody sends is missing,
/// and every column can be missing. New categories are none either: what a column may say is data.
/// </summary>
internal static class SchemaCompatibility
{
    public static IEnumerable<GateVerdict> Verdicts(ModelSchema candidate, GateChampion champion)
    {
        yield return Verdict("schema task", champion.Version, TaskProblem(candidate, champion.Schema), "predicts the same");
        yield return Verdict("schema columns", champion.Version, ColumnProblem(candidate, champion.Schema), "takes every column that callers send");
        yield return Verdict("schema output", champion.Version, OutputProblem(candidate, champion.Schema), "answers in the same form");
    }

    private static GateVerdict Verdict(string rule, int version, string? problem, string otherwise) =>
        new(rule, problem is null, null, $"like version {version}", problem is null ? $"The candidate {otherwise}." : $"Callers of version {version} would break: {problem}.");

    private static string? TaskProblem(ModelSchema candidate, ModelSchema champion) =>
        candidate.Task != champion.Task ? $"the task was {champion.Task} and is {candidate.Task}"
        : candidate.Label != champion.Label ? $"it predicted '{champion.Label}' and now predicts '{candidate.Label}'"
        : null;

    private static string? ColumnProblem(ModelSchema candidate, ModelSchema champion)
    {
        var now = candidate.Columns.ToDictionary(column => column.Name, column => column.Kind, StringComparer.Ordinal);
        string[] problems = [.. champion.Columns.Select(column =>
            !now.TryGetValue(column.Name, out var kind) ? $"column '{column.Name}' is gone"
            : kind != column.Kind ? $"column '{column.Name}' was {column.Kind} and is {kind}"
            : null).OfType<string>()];
        return problems.Length == 0 ? null : string.Join(", ", problems);
    }

    private static string? OutputProblem(ModelSchema candidate, ModelSchema champion)
    {
        var (now, before) = (candidate.Output, champion.Output);
        if (now.Name != before.Name || now.Datatype != before.Datatype || !now.Shape.SequenceEqual(before.Shape))
            return $"the output was {Text(before)} and is {Text(now)}";
        return (candidate.Classes ?? []).SequenceEqual(champion.Classes ?? []) ? null
            : $"the classes were {string.Join(", ", champion.Classes ?? [])} and are {string.Join(", ", candidate.Classes ?? [])}";
    }

    private static string Text(TensorSchema tensor) => $"{tensor.Name} {tensor.Datatype} [{string.Join(", ", tensor.Shape)}]";
}
