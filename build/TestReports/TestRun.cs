using System.Collections.Concurrent;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Output;
using Slipway.Build.Tools;

namespace Slipway.Build.TestReports;

/// <summary>
/// Runs the test projects without building. They run beside each other, but for those of whole environments, which start build.sh themselves and
/// put load on what they start: nothing may change or lock what those run on, or take their time.
/// </summary>
public sealed class TestRun(BuildContext context)
{
    private const string ReportName = "results.trx";
    private const string OnTheirOwn = "EndToEnd";

    // most of their time they wait for processes and stores: a core each is plenty
    private const int AtATime = 2;

    private readonly Lock _shows = new();

    /// <returns>In the order of the solution.</returns>
    public IReadOnlyList<ProjectTally> All()
    {
        if (Directory.Exists(context.Paths.TestResults))
            Directory.Delete(context.Paths.TestResults, recursive: true);
        var projects = TestProject.In(context.Paths.Solution).ToLookup(project => project.Name == OnTheirOwn);
        var together = Together([.. projects[false]]);
        return [.. together, .. projects[true].Select(project => context.Report.Step($"Test {project.Name}", step => One(project, step)))];
    }

    private IReadOnlyList<ProjectTally> Together(IReadOnlyList<TestProject> projects) => context.Report.Step("Test the parts", step =>
    {
        var tallies = new ConcurrentBag<ProjectTally>();
        // in this order, so that the slowest starts first
        Parallel.ForEach(
            Partitioner.Create(projects, EnumerablePartitionerOptions.NoBuffering), new() { MaxDegreeOfParallelism = AtATime },
            project => tallies.Add(One(project, step)));
        return (IReadOnlyList<ProjectTally>)[.. projects.Join(tallies, project => project.Name, tally => tally.Project, (_, tally) => tally)];
    });

    private ProjectTally One(TestProject project, IProgressStep step)
    {
        var started = TimeProvider.System.GetTimestamp();
        var filter = context.Value(Arguments.Filter);
        var folder = Path.Combine(context.Paths.TestResults, project.Name);
        var output = context.DotNet.Test(
            new TestCommand(project.Path, folder, ReportName, context.Settings.TestHangTimeout, filter), line => step.Now($"{project.Name}: {line}"));
        var ended = new EndedRun(
            output.ExitCode, TrxReport.Read(Path.Combine(folder, ReportName)), BlameSequence.Unfinished(folder), output.Lines);
        var tally = TestTally.Of(project.Name, ended, filter is not null);
        var timed = new ProjectTally(project.Name, tally, TimeProvider.System.GetElapsedTime(started));
        lock (_shows)
            Show(timed, step);
        return timed;
    }

    private static void Show(ProjectTally project, IProgressStep step)
    {
        var tally = project.Tally;
        step.Note($"{project.Project}: {tally} in {Elapsed.Text(project.Elapsed)}");
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
        foreach (var name in tally.NotApplicable)
            step.Note($"not applicable: {name}");
    }
}
