using Amazon.SageMaker.Model;
using Slipway.Registry.Models;

namespace Slipway.Automation.SageMaker;

/// <summary>
/// How SageMaker finds metrics in what the trainer prints: a line <c>averagePrecision=0.812300;</c> for each. Whatever the task, all are defined:
/// one that is not printed is not drawn either, and 40 are allowed.
/// </summary>
public static class TrainingMetrics
{
    public static List<MetricDefinition> Definitions =>
    [
        .. MetricNames.Binary.Union(MetricNames.Multiclass).Union(MetricNames.Regression)
            // the boundary keeps "recall" out of "macroRecall", and a value is a number or nothing
            .Select(name => new MetricDefinition { Name = name, Regex = $@"\b{name}=(-?[0-9]+(?:\.[0-9]+)?);" }),
    ];
}
