using Slipway.Registry.Models;
using Slipway.Registry.Rows;

namespace Slipway.Registry.Gates;

/// <summary>
/// Whether callers of the champion can continue unchanged with the candidate. A new column is compatible, because a value that nobody sends is missing,
/// and every column can be missing. A new category is compatible too: what a column may contain is data. But if most of its categories are new, its meaning has changed.
/// </summary>
internal static class SchemaCompatibility
{
    private const double MaxUnknownCategories = 0.5;
    private const int MaxWords = 10, MaxWordLength = 64;

    public static IEnumerable<GateVerdict> Verdicts(GateSpec gates, ModelSchema candidate, GateChampion champion)
    {
        yield return Verdict("schema task", champion.Version, TaskProblem(candidate, champion.Schema), "predicts the same");
        yield return Verdict("schema columns", champion.Version, ColumnProblem(candidate, champion.Schema), "takes every column that callers send");
        var most = gates.UnknownCategoriesAtMost ?? MaxUnknownCategories;
        foreach (var (now, before) in SharedCategories(candidate, champion.Schema))
            yield return Categories(now, before, champion.Version, most);
        yield return Verdict("schema output", champion.Version, OutputProblem(candidate, champion.Schema), "returns predictions in the same format");
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

    private static IEnumerable<(ColumnSchema Now, ColumnSchema Before)> SharedCategories(ModelSchema candidate, ModelSchema champion) =>
        from before in champion.Columns
        join now in candidate.Columns on before.Name equals now.Name
        where before.Categories is { Count: > 0 } && now.Categories is { Count: > 0 }
        select (now, before);

    /// <summary>In both directions: callers of the champion continue to send its categories, and the candidate's show what it was trained for.</summary>
    private static GateVerdict Categories(ColumnSchema now, ColumnSchema before, int version, double most)
    {
        string[] lost = Unknown(before.Categories!, now), added = Unknown(now.Categories!, before);
        var (lostShare, addedShare) = (lost.Length / (double)before.Categories!.Count, added.Length / (double)now.Categories!.Count);
        var share = Math.Max(lostShare, addedShare);
        var (words, all, of, to) = lostShare >= addedShare
            ? (lost, before.Categories.Count, $"version {version}", "the candidate")
            : (added, now.Categories.Count, "the candidate", $"version {version}");
        var passed = share <= most;
        return new(
            $"schema categories {now.Name}", passed, share, $"<= {GateNumber.Text(most)}",
            passed
                ? $"The candidate's categories of '{now.Name}' are similar to those of version {version}."
                : $"{words.Length} of the {all} categories of '{now.Name}' of {of} are unknown to {to}: {Listed(words)}. " +
                  "If the values are only written differently, write them as before; if they are meant to change, raise 'gates.unknownCategoriesAtMost' in model.json.");
    }

    // by value, whatever a model that predates category forms does: callers do not notice that 2 became 2.0
    private static string[] Unknown(IReadOnlyList<string> words, ColumnSchema to)
    {
        var known = new CategoryIndex(to.Categories!, to.Form ?? CategoryForm.ByValue);
        return [.. words.Where(word => known.Find(word) < 0)];
    }

    private static string Listed(string[] words) =>
        string.Join(", ", words.Take(MaxWords).Select(word => $"'{(word.Length <= MaxWordLength ? word : $"{word[..MaxWordLength]}...")}'"))
        + (words.Length > MaxWords ? $" and {words.Length - MaxWords} more" : "");

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
