using System.Collections.Concurrent;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Output;
using Slipway.Build.Tools;

namespace Slipway.Build.TestReports;

/// <summary>
/// Runs the test projects in parallel, without building: tests change, and put load on, only what is their own; what they read is built beforehand.
/// </summary>
public sealed class TestRun(BuildContext context)
{
    private const string ReportName = "results.trx";
    private const string RunningName = "running.txt";

    private readonly Lock _shows = new();

    // most of them often wait for processes and stores: one more than there are cores keeps all cores busy
    private static int AtATime => Environment.ProcessorCount + 1;

    /// <returns>In the order of the solution.</returns>
    public IReadOnlyList<ProjectTally> All()
    {
        if (Directory.Exists(context.Paths.TestResults))
            Directory.Delete(context.Paths.TestResults, recursive: true);
        return context.Report.Step("Run the tests", step => All(TestProject.In(context.Paths.Solution), step));
    }

    private IReadOnlyList<ProjectTally> All(IReadOnlyList<TestProject> projects, IProgressStep step)
    {
        using var temporary = TemporaryFiles.Create(MemoryFileSystem.OfThisMachine());
        step.Note(temporary.Description);
        var tallies = new ConcurrentBag<ProjectTally>();
        // in this order: those that take longest start first
        Parallel.ForEach(
            Partitioner.Create(projects, EnumerablePartitionerOptions.NoBuffering), new() { MaxDegreeOfParallelism = AtATime },
            project => tallies.Add(One(project, project.KeepsFilesOnDisk ? null : temporary.Folder, step)));
        return [.. projects.Join(tallies, project => project.Name, tally => tally.Project, (_, tally) => tally)];
    }

    private ProjectTally One(TestProject project, string? temporaryFolder, IProgressStep step)
    {
        var started = TimeProvider.System.GetTimestamp();
        var filter = context.Value(Arguments.Filter);
        var folder = Path.Combine(context.Paths.TestResults, project.Name);
        var running = Path.Combine(Directory.CreateDirectory(folder).FullName, RunningName);
        using var watch = new HangWatch(new(running), context.Settings.TestHangTimeout, test => step.Now($"{project.Name}: {test}"), HangWatch.End, TimeProvider.System);
        var output = context.DotNet.Test(
            new TestCommand(project.Assembly(context.Paths, DotNetTool.Configuration), folder, ReportName, running, filter, temporaryFolder));
        var report = TrxReport.Read(Path.Combine(folder, ReportName));
        var ended = new CompletedRun(output.ExitCode, report, watch.Close(), output.Lines, watch.Reason);
        var tally = TestTally.Of(project.Name, ended, filter is not null);
        var timed = new ProjectTally(project.Name, tally, TimeProvider.System.GetElapsedTime(started)) { Tests = report?.Times ?? [] };
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

        foreach (var line in SkippedTest.Lines("skipped", tally.Skipped).Concat(SkippedTest.Lines("not applicable", tally.NotApplicable)))
            step.Note(line);
    }
}
