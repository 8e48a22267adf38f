namespace Slipway.Build.Images.Scanning.Gate;

/// <summary>The result of a rule.</summary>
public enum ScanOutcome
{
    Passed,

    /// <summary>Something is worth reporting, but does not block the release.</summary>
    Warned,

    /// <summary>No result is possible: the subject of the check does not exist, or is something else. This does not pass.</summary>
    Inconclusive,

    /// <summary>More than the policy allows.</summary>
    Failed,
}
