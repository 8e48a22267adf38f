using System.Globalization;
using System.Text;
using Slipway.Registry.Models;

namespace Slipway.Trainer.Tests.Data;

/// <summary>Rows with a label that follows from the features, in a number that real data rarely has.</summary>
internal static class SyntheticData
{
    private const int Rows = 600;

    /// <summary>Classes are slices of a sum of two features, in an order that is neither that of the words nor of the rows.</summary>
    public static TrainingData Classes(int count)
    {
        string[] words = [.. Enumerable.Range(0, count).Select(k => ((k * 3 % count) + 8).ToString(CultureInfo.InvariantCulture))];
        return TrainingData.Of(
            Spec(ModelTask.Multiclass) with { Classes = words },
            Csv((a, b, _) => words[Math.Clamp((int)((a + b) / 2 * count), 0, count - 1)]));
    }

    public static TrainingData Numbers(double mean, double spread) => TrainingData.Of(
        Spec(ModelTask.Regression),
        Csv((a, b, shape) => (mean + (spread * (a - (2 * b * b) + (shape == "round" ? 1 : 0)))).ToString("R", CultureInfo.InvariantCulture)));

    private static ModelSpec Spec(ModelTask task) => new(
        "made up", task, "label",
        new Dictionary<string, ColumnKind> { ["a"] = ColumnKind.Numeric, ["b"] = ColumnKind.Numeric, ["shape"] = ColumnKind.Categorical },
        TrainerNames.Linear, new(new Dictionary<string, Bounds>()), Id: ["id"]);

    private static string Csv(Func<double, double, string, string> label)
    {
        var random = new Random(5);
        string[] shapes = ["round", "square", "flat"];
        var csv = new StringBuilder("id,a,b,shape,label\n");
        for (var i = 0; i < Rows; i++)
        {
            var (a, b, shape) = (random.NextDouble(), random.NextDouble(), shapes[random.Next(3)]);
            csv.Append(CultureInfo.InvariantCulture, $"{i},{a:R},{b:R},{shape},{label(a, b, shape)}\n");
        }

        return csv.ToString();
    }
}
