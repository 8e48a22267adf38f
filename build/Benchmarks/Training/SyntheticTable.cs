using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Slipway.Registry.Models;

namespace Slipway.Benchmarks.Training;

/// <summary>A table of normally distributed numbers with a binary label that depends on them in no linear way, and the model.json of a model that predicts it. The same numbers give the same table.</summary>
/// <param name="Columns">At least four.</param>
public sealed record SyntheticTable(int Rows, int Columns)
{
    public const string Id = "id", Label = "label";

    /// <summary>What both libraries have in common, with the defaults of LightGBM and of scikit-learn.</summary>
    public const int Trees = 100, Leaves = 31, RowsPerLeaf = 20;

    private const int Seed = 7;

    public static string NameOf(int column) => string.Create(CultureInfo.InvariantCulture, $"x{column}");

    public string SpecJson() => new JsonObject
    {
        ["description"] = "A table of a benchmark.",
        ["task"] = "binary",
        ["label"] = Label,
        ["id"] = new JsonArray(Id),
        ["features"] = new JsonObject(Enumerable.Range(0, Columns).Select(column => KeyValuePair.Create<string, JsonNode?>(NameOf(column), "numeric"))),
        ["trainer"] = TrainerNames.BoostedTrees,
        ["hyperparameters"] = new JsonObject { ["numberOfTrees"] = Trees, ["numberOfLeaves"] = Leaves, ["learningRate"] = 0.1, ["minimumExampleCountPerLeaf"] = RowsPerLeaf },
        ["seed"] = 1,
        ["gates"] = new JsonObject { ["metrics"] = new JsonObject { ["auc"] = new JsonObject { ["atLeast"] = 0.5 } } },
    }.ToJsonString();

    /// <summary>Writes the table as CSV, row by row.</summary>
    public void Write(Stream file)
    {
        using var csv = new StreamWriter(file, new UTF8Encoding(false), bufferSize: 1 << 16, leaveOpen: true);
        csv.Write($"{Id},{string.Join(',', Enumerable.Range(0, Columns).Select(NameOf))},{Label}\n");
        var random = new Random(Seed);
        var values = new double[Columns];
        Span<char> text = stackalloc char[32];
        for (var row = 0; row < Rows; row++)
        {
            csv.Write(row);
            for (var column = 0; column < Columns; column++)
            {
                values[column] = Normal(random);
                values[column].TryFormat(text, out var length, "0.0000", CultureInfo.InvariantCulture);
                csv.Write(',');
                csv.Write(text[..length]);
            }

            csv.Write(IsPositive(values, Normal(random)) ? ",1\n" : ",0\n");
        }
    }

    private static bool IsPositive(double[] x, double noise) => (x[0] * x[1]) + Math.Sin(3 * x[2]) + (0.5 * Math.Abs(x[3])) + (x.Sum() / Math.Sqrt(x.Length)) + noise > 1;

    // the transform of Box and Muller
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
