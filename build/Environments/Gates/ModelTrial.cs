using Slipway.Automation.Reports;

namespace Slipway.Build.Environments.Gates;

/// <summary>What a change makes of a model, judged as if it were to be published.</summary>
/// <param name="Reason">One sentence.</param>
/// <param name="Champion">The version that it was compared with; null where none is served.</param>
/// <param name="Record">All that is known of the job; null where there was none.</param>
public sealed record ModelTrial(string Model, TrialVerdict Verdict, string Reason, int? Champion = null, TrainingRecord? Record = null);

public enum TrialVerdict
{
    /// <summary>It would be published.</summary>
    Passed,

    /// <summary>There was nothing to train it with, or on.</summary>
    NotTried,

    /// <summary>A gate said no.</summary>
    Refused,

    /// <summary>There is no candidate to be judged.</summary>
    Failed,
}
