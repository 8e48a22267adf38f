namespace Slipway.Build.TestReports;

/// <summary>The result of a test project's run.</summary>
/// <param name="Report">Null if none was written.</param>
/// <param name="Unfinished">The tests that were running when the test host died.</param>
/// <param name="Hang">Why the build ended the test host; null if it did not.</param>
public sealed record CompletedRun(int ExitCode, TrxReport? Report, IReadOnlyList<string> Unfinished, IReadOnlyList<string> Output, string? Hang = null)
{
    private const int Lines = 20;

    public string WhyItBroke()
    {
        var reasons = new List<string> { $"dotnet test exited with code {ExitCode} before all tests had finished" };
        if (Hang is not null)
            reasons.Add(Hang);
        if (Unfinished.Count > 0)
            reasons.Add($"running at the time: {string.Join(", ", Unfinished)}");
        reasons.AddRange(Report is { Errors.Count: > 0 } ? Report.Errors.SelectMany(error => error.Split('\n')).Take(Lines) : [Tail()]);
        return string.Join('\n', reasons.Select(reason => reason.TrimEnd()));
    }

    public string Tail() => string.Join('\n', Output.TakeLast(Lines));
}
