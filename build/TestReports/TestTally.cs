namespace Slipway.Build;

/// <summary>How the tests of one project, or of all together, came out.</summary>
public sealed record TestTally(int Passed, IReadOnlyList<FailedTest> Failed, IReadOnlyList<string> Skipped)
{
    public static TestTally None { get; } = new(0, [], []);

    public int Total => Passed + Failed.Count + Skipped.Count;

    public static TestTally operator +(TestTally left, TestTally right) =>
        new(left.Passed + right.Passed, [.. left.Failed, .. right.Failed], [.. left.Skipped, .. right.Skipped]);

    /// <summary>
    /// What a run of a project amounts to. A run that ended badly without a failed test (a crash, a hang, no report)
    /// counts as one failure, and so does a project in which no test was found: nothing was proven.
    /// </summary>
    /// <param name="filtered">Only some tests were asked for, so that a project may well have none of them.</param>
    public static TestTally Of(string project, EndedRun run, bool filtered)
    {
        // a run without a single test writes no report
        var seen = run.Report is { } report ? new TestTally(report.Passed, report.Failed, report.Skipped) : None;
        if (seen.Failed.Count == 0 && (run.ExitCode != 0 || run.Report is { Errors.Count: > 0 }))
            return seen with { Failed = [new FailedTest($"{project} (the run)", run.WhyItBroke())] };
        if (seen.Total == 0 && !filtered)
            return seen with { Failed = [new FailedTest($"{project} (the run)", $"no test was found\n{run.Tail()}".TrimEnd())] };
        return seen;
    }

    /// <summary>The line that everything reads: people, workflows, other programs.</summary>
    public override string ToString() => $"{Passed} passed, {Failed.Count} failed, {Skipped.Count} skipped";
}

/// <param name="Project">Its name.</param>
public sealed record ProjectTally(string Project, TestTally Tally, TimeSpan Elapsed)
{
    /// <summary>How long each of its tests ran.</summary>
    public IReadOnlyList<TimedTest> Tests { get; init; } = [];
}
