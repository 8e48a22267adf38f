using Slipway.Automation.Reports;
using Slipway.Build.Environments.Gates;
using Slipway.Build.Tests.Environments.Reproduction;
using Slipway.Registry.Gates;
using Slipway.Registry.Lineages;
using Slipway.Registry.Models;

namespace Slipway.Build.Tests.Environments.Gates;

/// <summary>Trials that ended in different ways. Every word that comes from a person or a file can be replaced by a hostile one.</summary>
internal static class TrialRecords
{
    public static ModelTrial Passed(string model = "pumps", int? champion = 3, string word = "Type") =>
        new(model, TrialVerdict.Passed, "All 2 gates passed.", champion, Record(model, TrainingResult.Registered, Gates(passed: true, champion), champion, word));

    public static ModelTrial Refused(string model = "pumps", string word = "Type") =>
        new(model, TrialVerdict.Refused, "Refused because 1 of 2 gates failed.", 3, Record(model, TrainingResult.Refused, Gates(passed: false, 3), 3, word));

    public static ModelTrial Failed(string model = "pumps", string reason = "row 7: 'x' is not a number") =>
        new(model, TrialVerdict.Failed, reason, 3, Record(model, TrainingResult.Failed, null, 3, "Type") with { Model = null });

    public static ModelTrial Broken(string model = "pumps", string reason = "'label' is missing.") => new(model, TrialVerdict.Failed, reason);

    public static ModelTrial NotTrained(string model = "pumps") => new(model, TrialVerdict.NotTrained, "There is no data to train it on.");

    public static GateReport Gates(bool passed, int? champion) => new(passed, champion,
    [
        new("metric auc", true, 0.9, ">= 0.8", "auc on the holdout is 0.9, which is >= 0.8."),
        new("metric recall", passed, 0.5, ">= 0.7", "recall on the holdout is 0.5."),
    ]);

    private static TrainingRecord Record(string model, TrainingResult result, GateReport? gates, int? champion, string word) => new(
        RegisteredModel.Manifest.Lineage with { Model = model, Parent = champion },
        new($"{model}-0123456789ab-a1", result, "One gate failed.", result == TrainingResult.Registered ? 4 : null, gates, default),
        new(
            new($"About {word}", ModelTask.Binary, word, new Dictionary<string, ColumnKind> { [word] = ColumnKind.Categorical }, "linear",
                new(new Dictionary<string, Bounds> { ["auc"] = new(AtLeast: 0.8), ["recall"] = new(AtLeast: 0.7) })),
            RegisteredModel.Manifest.Schema,
            new(
                new Dictionary<string, Metric> { ["logLoss"] = new(0.25), ["auc"] = new(0.9, 0.85, 0.95), ["recall"] = new(0.5, 0.4, 0.6) },
                [new($"{word}=L", 1200, 60, new Dictionary<string, Metric> { ["auc"] = new(0.65, 0.6, 0.7) })],
                champion is null ? null : new Dictionary<string, Metric> { ["logLoss"] = new(0.2), ["auc"] = new(0.875, 0.8, 0.9), ["recall"] = new(0.75) },
                new(10_000, 6000, 2000, 2000, new Dictionary<string, double>(), 0.034), 12.5, 46_000),
            new('e', 64), []),
        IsTrial: true);
}
