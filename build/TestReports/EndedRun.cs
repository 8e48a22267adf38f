namespace Slipway.Build.TestReports;

/// <summary>What is left of a run of a test project.</summary>
/// <param name="Report">Null when none was written.</param>
/// <param name="Unfinished">The tests that were running when the host died.</param>
public sealed record EndedRun(int ExitCode, TrxReport? Report, IReadOnlyList<string> Unfinished, IReadOnlyList<string> Output)
{
    private const int Lines = 20;

    public string WhyItBroke()
    {
        var reasons = new List<string> { $"dotnet test ended with exit code {ExitCode} before all tests were through" };
        if (Unfinished.Count > 0)
            reasons.Add($"running at the time: {string.Join(", ", Unfinished)}");
        reasons.AddRange(Report is { Errors.Count: > 0 } ? Report.Errors.SelectMany(error => error.Split('\n')).Take(Lines) : [Tail()]);
        return string.Join('\n', reasons.Select(reason => reason.TrimEnd()));
    }

    public string Tail() => string.Join('\n', Output.TakeLast(Lines));
}
