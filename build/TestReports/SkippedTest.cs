namespace Slipway.Build.TestReports;

/// <param name="Reason">The test's own; it says what is missing, or why there is nothing to test.</param>
public sealed record SkippedTest(string Name, string Reason)
{
    /// <summary>Each reason once, followed by the tests that it applies to.</summary>
    /// <param name="what">What became of the tests, as the start of a line.</param>
    public static IReadOnlyList<string> Lines(string what, IEnumerable<SkippedTest> tests) =>
    [
        .. from test in tests
           group test.Name by test.Reason into same
           from line in same.Select(name => $"    {name}").Prepend($"{what}: {same.Key}")
           select line,
    ];
}
