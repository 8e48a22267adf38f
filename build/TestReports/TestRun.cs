namespace Slipway.Build;

/// <summary>
/// Runs the test projects one after the other, without building: end-to-end tests start build.sh themselves,
/// and nothing may change or lock what they run on.
/// </summary>
public sealed class TestRun(BuildContext context)
{
    private const string ReportName = "results.trx";

    public TestTally All()
    {
        if (Directory.Exists(context.Paths.TestResults))
            Directory.Delete(context.Paths.TestResults, recursive: true);
        return TestProject.In(context.Paths.Solution).Select(One).Aggregate(TestTally.None, (sum, tally) => sum + tally);
    }

    private TestTally One(TestProject project) => context.Report.Step($"Test {project.Name}", step =>
    {
        var filter = context.Value(Arguments.Filter);
        var folder = Path.Combine(context.Paths.TestResults, project.Name);
        var output = context.DotNet.Test(
            new TestCommand(project.Path, folder, ReportName, context.Settings.TestHangTimeout, filter), step.Now);
        var ended = new EndedRun(
            output.ExitCode, TrxReport.Read(Path.Combine(folder, ReportName)), BlameSequence.Unfinished(folder), output.Lines);
        var tally = TestTally.Of(project.Name, ended, filter is not null);
        Show(tally, step);
        return tally;
    });

    private static void Show(TestTally tally, IProgressStep step)
    {
        step.Note(tally.ToString());
        if (tally.Failed.Count > 0)
            step.Fail();
        foreach (var failed in tally.Failed)
        {
            step.Note($"failed: {failed.Name}");
            foreach (var line in failed.Message.Split('\n'))
                step.Note($"    {line.TrimEnd()}");
        }

        foreach (var name in tally.Skipped)
            step.Note($"skipped: {name}");
    }
}
