using Slipway.Automation.Jobs;
using Slipway.Automation.SageMaker;
using Slipway.Registry;

namespace Slipway.Automation.Lambda.Events;

/// <summary>What an event of EventBridge means to the automation of one environment.</summary>
internal abstract record AutomationEvent;

/// <summary>Somebody put a dataset into the bucket.</summary>
internal sealed record DatasetCreated(DatasetArrival Arrival) : AutomationEvent;

/// <summary>A training job of ours ended.</summary>
internal sealed record TrainingJobEnded(string Job, TrainingEnd End) : AutomationEvent;

/// <summary>Somebody rejected a version in the model registry.</summary>
internal sealed record ModelPackageRejected(RejectedPackage Package) : AutomationEvent;

/// <param name="Why">One sentence for the log.</param>
internal sealed record ForeignEvent(string Why) : AutomationEvent;

/// <summary>It is of a kind that is ours, but does not hold what such an event holds.</summary>
internal sealed class MalformedEventException(string message) : SlipwayException(message);
