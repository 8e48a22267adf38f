namespace Slipway.Build.TestReports;

/// <summary>The test results of one project, or of all together.</summary>
public sealed record TestTally(int Passed, IReadOnlyList<FailedTest> Failed, IReadOnlyList<SkippedTest> Skipped)
{
    public static TestTally None { get; } = new(0, [], []);

    /// <summary>The tests that do not apply here, such as those of a stand-in if the official package is in use. They do not count as skipped, because nothing is missing.</summary>
    public IReadOnlyList<SkippedTest> NotApplicable { get; init; } = [];

    public int Total => Passed + Failed.Count + Skipped.Count + NotApplicable.Count;

    public static TestTally operator +(TestTally left, TestTally right) =>
        new(left.Passed + right.Passed, [.. left.Failed, .. right.Failed], [.. left.Skipped, .. right.Skipped])
        {
            NotApplicable = [.. left.NotApplicable, .. right.NotApplicable],
        };

    /// <summary>
    /// The result of running one project. A run that ended badly without a failed test (a crash, a hang, no report)
    /// counts as one failure, and so does a project in which no test was found: nothing was tested.
    /// </summary>
    /// <param name="filtered">Whether only some tests were selected, so that a project may have none of them.</param>
    public static TestTally Of(string project, CompletedRun run, bool filtered)
    {
        // a run without a single test writes no report
        var seen = run.Report is { } report ? new TestTally(report.Passed, report.Failed, report.Skipped) { NotApplicable = report.NotApplicable } : None;
        if (seen.Failed.Count == 0 && (run.ExitCode != 0 || run.Report is { Errors.Count: > 0 }))
            return seen with { Failed = [new FailedTest($"{project} (the run)", run.WhyItBroke())] };
        if (seen.Total == 0 && !filtered)
            return seen with { Failed = [new FailedTest($"{project} (the run)", $"no test was found\n{run.Tail()}".TrimEnd())] };
        return seen;
    }

    /// <summary>The line that people, workflows and other programs read.</summary>
    public override string ToString() =>
        $"{Passed} passed, {Failed.Count} failed, {Skipped.Count} skipped{(NotApplicable.Count > 0 ? $", {NotApplicable.Count} not applicable" : "")}";
}

/// <param name="Project">Its name.</param>
public sealed record ProjectTally(string Project, TestTally Tally, TimeSpan Elapsed)
{
    /// <summary>How long each of its tests ran.</summary>
    public IReadOnlyList<TimedTest> Tests { get; init; } = [];
}
