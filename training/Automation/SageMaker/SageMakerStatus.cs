namespace Slipway.Automation.SageMaker;

/// <summary>Explains SageMaker's states of a training job.</summary>
public static class SageMakerStatus
{
    /// <param name="secondary">The job's secondary status.</param>
    /// <returns>A sentence for people who wonder why there is no model.</returns>
    public static string WhyStopped(string? secondary) => secondary switch
    {
        "MaxRuntimeExceeded" => "The job exceeded its time limit and was stopped. Raise the limit in the environment's settings, or train on fewer rows.",
        "MaxWaitTimeExceeded" => "No spot capacity was available in time, and the job was stopped. Train again, or disable spot capacity in the environment's settings.",
        "Interrupted" => "The spot capacity was reclaimed, and the job was stopped. Train again.",
        _ => "The job was stopped from outside before it was done.",
    };
}
