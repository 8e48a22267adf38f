using System.Globalization;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Cli.Output;
using Slipway.Reporting;

namespace Slipway.Build.Workflows.Changes;

/// <summary>What a change affects: for the jobs of a workflow, for its summary, and for people.</summary>
public static class ChangesReport
{
    /// <param name="broken">What is wrong with the model.json of those that cannot be read.</param>
    public static void ShowChanges(this IProgressReport report, WorkflowJob job, string reference, RepositoryChanges changes, IReadOnlyList<BrokenModel> broken)
    {
        foreach (var (name, value) in Outputs(changes))
            job.Output(name, value);
        job.Summarize(Report(reference, changes, broken));
        foreach (var model in broken)
            job.Annotate(new(AnnotationLevel.Error, model.Problem, "model.json cannot be read", model.File));

        report.Table($"Changed since {reference}: {Count(changes.Files, "file")}", Rows(changes));
        foreach (var model in broken)
            report.Line($"'{model.Name}' is counted, though it cannot be trained: {model.Problem}");
    }

    /// <summary>Names and values for the jobs of a workflow.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Outputs(RepositoryChanges changes) =>
    [
        new("code", Word(changes.Code)), new("images", Word(changes.Images)), new("infra", Word(changes.Infra)), new("workflows", Word(changes.Workflows)),
        new("models", string.Join(',', changes.Models)),
    ];

    public static Section Report(string reference, RepositoryChanges changes, IReadOnlyList<BrokenModel> broken) => new(
        $"Changed since {reference}: {Count(changes.Files, "file")}",
        [
            Table.Pairs(Rows(changes)),
            .. broken.Select(model => new Paragraph(RichText.Of($"{TextRun.Strong(model.Name)} is counted, though it cannot be trained: {model.Problem}"))),
        ]);

    private static IEnumerable<KeyValuePair<string, string>> Rows(RepositoryChanges changes) =>
    [
        new("code and tests", Describe(changes.Code)), new("images", Describe(changes.Images)), new("infrastructure", Describe(changes.Infra)),
        new("workflows", Describe(changes.Workflows)), new("models to train", Names(changes.Models)),
        .. changes.Deleted.Count == 0 ? Array.Empty<KeyValuePair<string, string>>() : [new("models taken away", Names(changes.Deleted))],
    ];

    private static string Word(bool value) => value ? "true" : "false";

    private static string Describe(bool value) => value ? "changed" : "unchanged";

    private static string Names(IReadOnlyList<string> models) => string.Join(", ", models.DefaultIfEmpty("none"));

    private static string Count(int count, string what) => $"{count.ToString("#,0", CultureInfo.InvariantCulture)} {what}{(count == 1 ? "" : "s")}";
}
