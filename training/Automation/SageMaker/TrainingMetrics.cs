using Amazon.SageMaker.Model;
using Slipway.Registry.Models;

namespace Slipway.Automation.SageMaker;

/// <summary>
/// How SageMaker extracts metrics from the trainer's output: a line <c>averagePrecision=0.812300;</c> for each. All metrics are defined, whatever the task:
/// one that is not printed is not charted either, and 40 are allowed.
/// </summary>
public static class TrainingMetrics
{
    public static List<MetricDefinition> Definitions =>
    [
        .. MetricNames.Binary.Union(MetricNames.Multiclass).Union(MetricNames.Regression).Append(MetricNames.Value)
            // the word boundary keeps "recall" from matching in "macroRecall", and a value is a number or nothing
            .Select(name => new MetricDefinition { Name = name, Regex = $@"\b{name}=(-?[0-9]+(?:\.[0-9]+)?);" }),
    ];
}
