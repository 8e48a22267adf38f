using Slipway.Automation.Jobs;
using Slipway.Automation.SageMaker;
using Slipway.Registry;

namespace Slipway.Automation.Lambda.Events;

/// <summary>What an EventBridge event means to the automation of one environment.</summary>
internal abstract record AutomationEvent;

/// <summary>Somebody uploaded a dataset to the bucket.</summary>
internal sealed record DatasetCreated(DatasetArrival Arrival) : AutomationEvent;

/// <summary>A training job of this environment ended.</summary>
internal sealed record TrainingJobEnded(string Job, TrainingEnd End) : AutomationEvent;

/// <summary>Somebody rejected a version in the model registry.</summary>
internal sealed record ModelPackageRejected(RejectedPackage Package) : AutomationEvent;

/// <summary>The gateway has ended a rollout.</summary>
internal sealed record RolloutEnded(string Rollout) : AutomationEvent;

/// <summary>It is time to look whether a rollout has ended, because its event may have been lost.</summary>
internal sealed record ScheduledLook : AutomationEvent;

/// <summary>The gateway has found drift in what callers send to a model.</summary>
internal sealed record DriftFound(string Model) : AutomationEvent;

/// <summary>It is time to look whether a model has to be trained, because the event of a cause may have been lost, and some have none.</summary>
internal sealed record RetrainLook : AutomationEvent;

/// <summary>It is time to join predictions with the labels that have arrived.</summary>
/// <param name="Everything">All days of the log; otherwise the last ones.</param>
internal sealed record LabelsDue(bool Everything) : AutomationEvent;

/// <summary>It is time to compare the last day of each model with its training data.</summary>
internal sealed record DomainsDue : AutomationEvent;

/// <param name="Why">One sentence for the log.</param>
internal sealed record ForeignEvent(string Why) : AutomationEvent;

/// <summary>An event of a known kind that lacks required members.</summary>
internal sealed class MalformedEventException(string message) : SlipwayException(message);
