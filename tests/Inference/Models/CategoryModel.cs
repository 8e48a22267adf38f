using System.Text.Json;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;
using Slipway.Registry.Tests.Artifacts;

namespace Slipway.Inference.Tests.Models;

/// <summary>A model with categories that are not words: yes or no, numeric codes, zip codes, and a column with the name of the encoded tensor.</summary>
internal static class CategoryModel
{
    public const string Name = "illness";

    private static readonly float[] Weights = [0.5f, -0.5f, 0.1f, 1, 2, 4, 0.3f, 0.7f];

    public static ModelSchema Schema { get; } = Of(
    [
        new("smoker", ColumnKind.Categorical, ["False", "True"], null, null, null, CategoryForm.ByValue),
        new("features", ColumnKind.Numeric, null, 3, 0, 9),
        new("plan_id", ColumnKind.Categorical, ["1", "2", "3.5"], null, null, null, CategoryForm.ByValue),
        new("zip", ColumnKind.Categorical, ["00501", "90210"], null, null, null, CategoryForm.ByValue),
    ]);

    public static async Task PublishAsync(ModelShop shop)
    {
        var onnx = OnnxModel.Linear(Weights, 0, JsonSerializer.Serialize(Schema, RegistryJson.Default.ModelSchema), "Identity", 0, output: Schema.Output.Name);
        var golden = new GoldenSet(
            [new Dictionary<string, string?> { ["smoker"] = "TRUE", ["features"] = "4", ["plan_id"] = "2.0", ["zip"] = "00501" }],
            [[0, 1, 4, 0, 1, 0, 1, 0]], [[Predict(1, 4, 1, 0)]], 1e-5);
        var manifest = await shop.RegisterAsync(Name, Schema, onnx, await PackedArtifact.CreateAsync(onnx, golden));
        await shop.PointAsync(manifest.Version, Name);
    }

    /// <param name="smoker">The position of the category, as the others; -1 for none.</param>
    public static float Predict(int smoker, float features, int plan, int zip)
    {
        var answer = Weights[2] * features;
        foreach (var (first, index) in new[] { (0, smoker), (3, plan), (6, zip) })
            if (index >= 0)
                answer += Weights[first + index];
        return answer;
    }

    private static ModelSchema Of(IReadOnlyList<ColumnSchema> columns) => new(
        ModelTask.Regression, "ill", columns, FeatureEncoder.FeatureNames(columns), ModelSchema.OutputOf(ModelTask.Regression, 0), null, null);
}
