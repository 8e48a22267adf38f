namespace Slipway.Automation.SageMaker;

/// <summary>What SageMaker's words for the state of a training job mean.</summary>
public static class SageMakerStatus
{
    /// <param name="secondary">The job's secondary status.</param>
    /// <returns>A sentence for whoever looks for a model that never came.</returns>
    public static string WhyStopped(string? secondary) => secondary switch
    {
        "MaxRuntimeExceeded" => "The job ran longer than it may, and was stopped. Give jobs more time in the environment's settings, or train on fewer rows.",
        "MaxWaitTimeExceeded" => "No spot capacity was to be had for long enough, and the job was stopped. Train again, or turn spot capacity off in the environment's settings.",
        "Interrupted" => "The spot capacity was taken away, and the job was stopped. Train again.",
        _ => "The job was stopped from outside before it was done.",
    };
}
