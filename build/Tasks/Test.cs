using Slipway.Build.Cli;
using Slipway.Build.TestReports;
using Slipway.Registry;

namespace Slipway.Build.Tasks;

[TaskDescription("Runs the unit, scenario and end-to-end tests; the last line shows the totals, and the lines before it the slowest tests.")]
[IsDependentOn(typeof(Build))]
[Takes(nameof(Arguments.Skipped))]
[Takes(nameof(Arguments.Filter))]
public sealed class Test : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        var projects = new TestRun(context).All();
        var tally = projects.Aggregate(TestTally.None, (sum, project) => sum + project.Tally);
        foreach (var line in SlowestTests.Lines(projects))
            context.Report.Close(line);
        context.Report.Close(tally.ToString());
        context.Job.ShowTests(projects, context.Paths);
        if (tally.Failed.Count > 0)
            throw new SlipwayException($"{tally.Failed.Count} of {tally.Total} tests failed.");
        if (tally.Total == 0)
            throw new SlipwayException($"No test matches {Arguments.Filter.Flag}={context.Value(Arguments.Filter)}.");
        if (tally.Skipped.Count > 0 && context.Value(Arguments.Skipped) == "fail")
            throw new SlipwayException($"Tests were skipped, which {Arguments.Skipped.Flag}=fail forbids: {string.Join(", ", tally.Skipped.Select(test => test.Name))}. Their reasons are above.");
    }
}
