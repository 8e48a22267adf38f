using System.Text;
using Slipway.Automation.Reports;
using Slipway.Registry.Gates;
using Slipway.Registry.Lineages;
using Slipway.Registry.Models;

namespace Slipway.Automation.Tests.Reports;

/// <summary>Jobs that ended in different ways. Every word that comes from a person or a file can be replaced by a hostile one.</summary>
internal static class TrainingRecords
{
    public const string Job = "pumps-0123456789ab-a1";

    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static TrainingRecord Registered(string word = "Type") => new(
        Lineage(word), new(Job, TrainingResult.Registered, "All gates passed.", 3, Gates(passed: true, word), At), Binary(word));

    public static TrainingRecord Refused(string word = "Type") => new(
        Lineage(word), new(Job, TrainingResult.Refused, "One gate failed.", null, Gates(passed: false, word), At), Binary(word));

    public static TrainingRecord Failed(string reason = "row 7: 'x' is not a number") =>
        new(Lineage("Type"), new(Job, TrainingResult.Failed, reason, null, null, At), Model: null);

    public static TrainingRecord Multiclass(string word = "Adelie")
    {
        var model = Binary(word);
        return Registered() with
        {
            Model = model with
            {
                Schema = model.Schema with { Task = ModelTask.Multiclass, Threshold = null, Classes = [word, "Gentoo"] },
                Metrics = model.Metrics with { Data = model.Metrics.Data with { LabelRate = null, ClassRates = new Dictionary<string, double> { [word] = 0.6, ["Gentoo"] = 0.4 } } },
            },
        };
    }

    public static TrainingRecord Regression()
    {
        var model = Binary("Type");
        return Registered() with
        {
            Model = model with
            {
                Spec = model.Spec with { Task = ModelTask.Regression },
                Schema = model.Schema with { Task = ModelTask.Regression, Threshold = null, Classes = null },
                Metrics = model.Metrics with { Champion = null, Importance = null, Slices = [], Data = model.Metrics.Data with { LabelRate = null, LabelValues = new(9, 46.6, 23.5, 7.8) } },
            },
        };
    }

    private static TrainedModel Binary(string word) => new(
        new($"About {word}", ModelTask.Binary, word, new Dictionary<string, ColumnKind> { [word] = ColumnKind.Categorical }, "linear",
            new(new Dictionary<string, Bounds> { ["auc"] = new(AtLeast: 0.8) }, Slices: new(new Dictionary<string, Bounds> { ["auc"] = new(AtLeast: 0.7) })), Id: [word]),
        new(ModelTask.Binary, word,
            [new(word, ColumnKind.Categorical, ["L", word], null, null, null), new("size", ColumnKind.Numeric, null, 2, 0, 9.5f)],
            [$"{word}=L", $"{word}={word}", "size"], new("probability", "FP32", [-1, 1]), 0.25, ["no", word]),
        new(
            new Dictionary<string, Metric> { ["auc"] = new(0.9, 0.85, 0.95), ["logLoss"] = new(0.25, 0.2, 0.3) },
            [
                new($"{word}=L", 1200, 60, new Dictionary<string, Metric> { ["auc"] = new(0.65, 0.6, 0.7) }),
                new($"{word}={word}", 12, 0, new Dictionary<string, Metric>()),
            ],
            new Dictionary<string, Metric> { ["auc"] = new(0.875), ["logLoss"] = new(0.2) },
            new(10_000, 6000, 2000, 2000, new Dictionary<string, double> { [word] = 0.015, ["size"] = 0 }, 0.034),
            12.5, 46_000, new Dictionary<string, double> { [word] = 0.01, ["size"] = 0.2 }),
        new('d', 64),
        [new("precision-recall", $"Curve of {word}", "A curve.", Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg'/>"))]);

    private static GateReport Gates(bool passed, string word) => new(passed, 2,
    [
        new("metric auc", true, 0.9, ">= 0.8", "auc on the holdout is 0.9, which is >= 0.8."),
        new($"slice {word}=L auc", passed, 0.65, ">= 0.7", $"auc of the 1200 rows with {word}=L is 0.65."),
        new($"slice {word}={word} auc", true, null, "reported only", "12 rows say too little."),
    ]);

    private static Lineage Lineage(string word) => new(
        Job, "pumps", new("datasets/pumps/pumps.csv", "v1", new('a', 64), 123_456, 10_000), new('b', 64), "linear",
        new Dictionary<string, string> { ["l2"] = "0.1", ["note"] = word }, 1, new(new('c', 40), Dirty: false),
        new("release-1", "x64", new Dictionary<string, string> { ["ML.NET"] = "5.0.1" }), Parent: 2, At.AddSeconds(-3), At);
}
