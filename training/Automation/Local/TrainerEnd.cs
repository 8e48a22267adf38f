namespace Slipway.Automation.Local;

/// <param name="Failure">Why there is no model; null when there is one.</param>
/// <param name="Died">It ended without a word: it was killed, or could not even start.</param>
public sealed record TrainerEnd(string? Failure, bool Died = false)
{
    // SageMaker keeps as much of the failure file as its FailureReason.
    private const int LongestFailure = 1024;

    /// <summary>What the folder of a job says about a trainer that has ended.</summary>
    public static TrainerEnd Of(string root, int exitCode) =>
        exitCode == 0 ? new(Failure: null)
        : Reason(root) is { } reason ? new(reason)
        : new($"The trainer ended with exit code {exitCode} and gave no reason.", Died: true);

    public static TrainerEnd Late(TimeSpan timeout) => new($"The job ran longer than {timeout} and was ended.");

    private static string? Reason(string root)
    {
        var path = Path.Combine(root, "output/failure");
        if (!File.Exists(path))
            return null;

        var reason = File.ReadAllText(path).Trim();
        return reason.Length switch { 0 => null, <= LongestFailure => reason, _ => reason[..LongestFailure] };
    }
}
