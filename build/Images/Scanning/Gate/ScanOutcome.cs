namespace Slipway.Build.Images.Scanning.Gate;

/// <summary>What a rule says.</summary>
public enum ScanOutcome
{
    Passed,

    /// <summary>There is something to say, and it refuses nothing.</summary>
    Warned,

    /// <summary>Nothing can be said: what was to be judged is not there, or is something else. That is no pass.</summary>
    Inconclusive,

    /// <summary>There is more than the policy allows.</summary>
    Failed,
}
