using System.Globalization;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.GitHub;
using Slipway.Build.Cli.Output;
using Slipway.Reporting;

namespace Slipway.Build.TestReports;

/// <summary>The test results, for the summary of a workflow run and as annotations on the files.</summary>
public static class TestSummary
{
    private const int MaxFailures = 50;

    public static void ShowTests(this WorkflowJob job, IReadOnlyList<ProjectTally> projects, Paths paths)
    {
        job.Summarize(Report(projects));
        foreach (var annotation in Annotations(projects, paths))
            job.Annotate(annotation);
    }

    public static Section Report(IReadOnlyList<ProjectTally> projects)
    {
        var tally = projects.Aggregate(TestTally.None, (sum, project) => sum + project.Tally);
        return new($"Tests: {tally}",
        [
            new Table(
                ["", new("project", ColumnStyle.RowHeader), Number("passed"), Number("failed"), Number("skipped"), Number("time")],
                [.. projects.Select(Row)]),
            .. tally.Failed.Take(MaxFailures).Select(failed => new Details($"Failed: {failed.Name}", [new CodeBlock(failed.Message.Split('\n'))])),
            tally.Failed.Count > MaxFailures ? new Paragraph($"{tally.Failed.Count - MaxFailures} more failed; the log has them all.") : null,
            tally.Skipped.Count > 0 ? new Details($"Skipped: {Number(tally.Skipped.Count)}", [new CodeBlock(SkippedTest.Lines("skipped", tally.Skipped))]) : null,
            tally.NotApplicable.Count > 0 ? new Details($"Not applicable: {Number(tally.NotApplicable.Count)}", [new CodeBlock(SkippedTest.Lines("not applicable", tally.NotApplicable))]) : null,
        ]);
    }

    public static IEnumerable<Annotation> Annotations(IReadOnlyList<ProjectTally> projects, Paths paths) =>
    [
        .. projects.SelectMany(project => project.Tally.Failed).Select(failed => Failure(failed, paths)),
        .. projects.SelectMany(project => project.Tally.Skipped.Select(test => new Annotation(AnnotationLevel.Warning, $"{project.Project}: {test.Name}: {test.Reason}", "Skipped test"))),
    ];

    // the exception may come from a library; the first stack frame in this repository is what somebody changed
    private static Annotation Failure(FailedTest failed, Paths paths)
    {
        var (file, line) = failed.Stack.Select(frame => (File: paths.InRepository(frame.File), frame.Line)).FirstOrDefault(frame => frame.File is not null);
        return new(AnnotationLevel.Error, failed.Message, failed.Name, file, file is null ? null : line);
    }

    private static IReadOnlyList<Cell> Row(ProjectTally project) =>
    [
        project.Tally.Failed.Count > 0 ? TextRun.Mark(passed: false, "FAIL") : TextRun.Mark(passed: true, "pass"), project.Project, Number(project.Tally.Passed), Number(project.Tally.Failed.Count),
        Number(project.Tally.Skipped.Count), Elapsed.Text(project.Elapsed),
    ];

    private static Column Number(string name) => new(name, ColumnStyle.Number);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
