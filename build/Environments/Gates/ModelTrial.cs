using Slipway.Automation.Reports;

namespace Slipway.Build.Environments.Gates;

/// <summary>The effect of a change on a model, evaluated as if it were to be published.</summary>
/// <param name="Reason">One sentence.</param>
/// <param name="Champion">The version that it was compared with; null if none is served.</param>
/// <param name="Record">Everything that is known about the job; null if there was none.</param>
public sealed record ModelTrial(string Model, TrialVerdict Verdict, string Reason, int? Champion = null, TrainingRecord? Record = null);

public enum TrialVerdict
{
    /// <summary>It would be published.</summary>
    Passed,

    /// <summary>There was no trainer or no dataset to train it.</summary>
    NotTrained,

    /// <summary>A gate failed.</summary>
    Refused,

    /// <summary>There is no candidate to evaluate.</summary>
    Failed,
}
