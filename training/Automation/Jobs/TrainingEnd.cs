using Slipway.Registry.Costs;

namespace Slipway.Automation.Jobs;

/// <summary>How a training job ended, according to the platform that ran it.</summary>
/// <param name="Reason">For people; empty if it completed.</param>
public sealed record TrainingEnd(TrainingEndKind Kind, string Reason)
{
    public static TrainingEnd Completed { get; } = new(TrainingEndKind.Completed, "");

    /// <summary>What the job used and costs; null if nobody measured it.</summary>
    public TrainingCost? Cost { get; init; }

    /// <param name="failure">Null if the job completed.</param>
    public static TrainingEnd Of(string? failure) => failure is null ? Completed : Failed(failure);

    public static TrainingEnd Failed(string reason) => new(TrainingEndKind.Failed, reason);

    public static TrainingEnd Stopped(string reason) => new(TrainingEndKind.Stopped, reason);
}

public enum TrainingEndKind
{
    /// <summary>Its archive is in the store.</summary>
    Completed,

    /// <summary>The trainer failed.</summary>
    Failed,

    /// <summary>It was stopped from outside before it had finished.</summary>
    Stopped,
}
