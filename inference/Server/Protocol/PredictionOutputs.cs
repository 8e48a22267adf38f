using Slipway.Inference.Generations;

namespace Slipway.Inference.Protocol;

/// <summary>The outputs of a model, by name: its own tensor, and for classifiers the label, which is returned only on request.</summary>
public static class PredictionOutputs
{
    public const string Label = "label";

    public static IEnumerable<string> NamesOf(ModelProfile profile) =>
        profile.LabelWords.Count > 0 ? [profile.Schema.Output.Name, Label] : [profile.Schema.Output.Name];
}
