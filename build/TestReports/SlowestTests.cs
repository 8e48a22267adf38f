using System.Globalization;

namespace Slipway.Build.TestReports;

/// <summary>The tests that took longest: where to look first when the run becomes slow.</summary>
public static class SlowestTests
{
    private const int MaxTests = 10;

    public static IEnumerable<string> Lines(IReadOnlyList<ProjectTally> projects)
    {
        var slowest = projects.SelectMany(project => project.Tests.Select(test => (Project: project.Project, Test: test)))
            .OrderByDescending(one => one.Test.Elapsed).Take(MaxTests).ToList();
        return slowest.Count == 0 ? [] :
        [
            "These tests took longest, each without the set-up of its fixture:",
            .. slowest.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Test.Elapsed.TotalSeconds,7:0.0} s  {one.Project}: {one.Test.Name}")),
        ];
    }
}
