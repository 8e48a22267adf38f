namespace Slipway.Automation.Local;

/// <param name="Failure">Why there is no model; null if there is one.</param>
/// <param name="Crashed">It exited without giving a reason: it was killed, or could not even start.</param>
public sealed record TrainerEnd(string? Failure, bool Crashed = false)
{
    // the limit of SageMaker's FailureReason
    private const int MaxFailureLength = 1024;

    /// <summary>What the folder of a job says about a trainer that has exited.</summary>
    public static TrainerEnd Of(string root, int exitCode) =>
        exitCode == 0 ? new(Failure: null)
        : Reason(root) is { } reason ? new(reason)
        : new($"The trainer exited with code {exitCode} and gave no reason.", Crashed: true);

    public static TrainerEnd Late(TimeSpan timeout) => new($"The job ran longer than {timeout} and was killed.");

    private static string? Reason(string root)
    {
        var path = Path.Combine(root, "output/failure");
        if (!File.Exists(path))
            return null;

        var reason = File.ReadAllText(path).Trim();
        return reason.Length switch { 0 => null, <= MaxFailureLength => reason, _ => reason[..MaxFailureLength] };
    }
}
