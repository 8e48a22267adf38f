namespace Slipway.Soak.Deployers;

/// <summary>What a deployer was told.</summary>
/// <param name="Won">Whether its release is being rolled out now.</param>
/// <param name="Message">Why not; empty for the winner.</param>
public sealed record DeployerAnswer(string Release, bool Won, string Message)
{
    public string ToLine() => $"{(Won ? "won" : "lost")} {Release} {Message.ReplaceLineEndings(" ")}";

    /// <exception cref="InvalidDataException">The line is not an answer.</exception>
    public static DeployerAnswer Of(string? line) => line?.Split(' ', 3) switch
    {
        ["won" or "lost", var release, var message] parts => new(release, parts[0] == "won", message),
        _ => throw new InvalidDataException($"The deployer printed '{line}'."),
    };

    /// <summary>Whether exactly one of a pair won, the other was told which rollout is running, and the store holds the winner's.</summary>
    /// <param name="requested">The release in the store.</param>
    public static bool IsOneWinner(IReadOnlyList<DeployerAnswer> pair, string? requested) =>
        pair.Count(answer => answer.Won) == 1
        && pair.Single(answer => answer.Won).Release == requested
        && pair.Single(answer => !answer.Won).Message.Contains("nothing else is rolled out", StringComparison.Ordinal);
}
