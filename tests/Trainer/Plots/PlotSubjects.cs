using Slipway.Registry.Models;
using Slipway.Trainer.Plots;

namespace Slipway.Trainer.Tests.Plots;

/// <summary>Fictitious predictions of a model on a holdout.</summary>
internal static class PlotSubjects
{
    public static PlotSubject Binary(int rows, string positive = "1")
    {
        var random = new Random(3);
        float[] scores = [.. Enumerable.Range(0, rows).Select(_ => random.NextSingle())];
        return new(
            Spec(ModelTask.Binary), Schema(ModelTask.Binary, 0.5, ["0", positive]), Metrics(), scores,
            [.. scores.Select(score => random.NextSingle() < score ? 1f : 0f)], [.. scores.Select(score => (score + random.NextSingle()) / 2)]);
    }

    public static PlotSubject Multiclass(int rows, params string[] classes)
    {
        var random = new Random(4);
        var scores = new float[rows * classes.Length];
        float[] labels = [.. Enumerable.Range(0, rows).Select(_ => (float)random.Next(classes.Length))];
        for (var row = 0; row < rows; row++)
            for (var i = 0; i < classes.Length; i++)
                scores[(row * classes.Length) + i] = i == (int)labels[row] ? 0.7f : 0.3f / (classes.Length - 1);
        return new(Spec(ModelTask.Multiclass), Schema(ModelTask.Multiclass, null, classes), Metrics(), scores, labels);
    }

    public static PlotSubject Regression(int rows)
    {
        var random = new Random(5);
        float[] labels = [.. Enumerable.Range(0, rows).Select(_ => random.NextSingle() * 40)];
        return new(
            Spec(ModelTask.Regression), Schema(ModelTask.Regression, null, null), Metrics(),
            [.. labels.Select(label => label + random.NextSingle() - 0.5f)], labels);
    }

    public static ModelMetrics Metrics(string column = "Torque [Nm]") => new(
        new Dictionary<string, Metric> { ["auc"] = new(0.9, 0.85, 0.95) },
        [
            new($"{column}=L", 120, 12, new Dictionary<string, Metric> { ["auc"] = new(0.7, 0.6, 0.8) }),
            new($"{column}=M", 2, 0, new Dictionary<string, Metric>()),
        ],
        Champion: null, new(100, 60, 20, 20, new Dictionary<string, double>(), null), 10, 1000,
        new Dictionary<string, double> { [column] = 0.2, ["Type"] = -0.001 });

    private static ModelSpec Spec(ModelTask task) => new(
        "pumps", task, "label", new Dictionary<string, ColumnKind>(), "linear",
        new(new Dictionary<string, Bounds> { ["auc"] = new(AtLeast: 0.8) }, Slices: new(new Dictionary<string, Bounds> { ["auc"] = new(AtLeast: 0.65) })));

    private static ModelSchema Schema(ModelTask task, double? threshold, string[]? classes) =>
        new(task, "label", [], [], new("answer", "FP32", [-1, classes?.Length ?? 1]), threshold, classes);
}
