using System.Text.Json;
using Slipway.Registry;
using Slipway.Registry.Models;

namespace Slipway.Inference.Tests.Models;

/// <summary>
/// One version of a model for tests: two numbers and a category, five features. Its prediction for a row shows its <see cref="Bias"/>,
/// and therefore its version. Each fault makes it invalid in one way.
/// </summary>
public sealed record TestModel(float Bias)
{
    public const int Width = 5;

    private static readonly float[] UnitWeights = [0.01f, -0.02f, 0.3f, 0.2f, 0.1f];

    /// <summary>Times the weights.</summary>
    public float Scale { get; init; } = 1;

    public float[] Weights => [.. UnitWeights.Select(weight => weight * Scale)];

    public static ModelSchema Schema { get; } = new(
        ModelTask.Binary,
        "Failure",
        [
            new("Torque [Nm]", ColumnKind.Numeric, null, 40, 0, 80),
            new("Wear, tool", ColumnKind.Numeric, null, 100, 0, 250),
            new("Type", ColumnKind.Categorical, ["L", "M", "H"], null, null, null),
        ],
        ["Torque [Nm]", "Wear, tool", "Type=L", "Type=M", "Type=H"],
        new("probability", "FP32", [-1, 1]),
        0.5,
        ["healthy", "broken"]);

    /// <summary>The prediction is the weighted sum itself, which is not bounded.</summary>
    public bool NoSigmoid { get; init; }

    /// <summary>The prediction is the square root of the weighted sum, which is not a number for some rows within the range of the training data.</summary>
    public bool SquareRoot { get; init; }

    public long Iterations { get; init; }

    /// <summary>It never finishes for this number of rows, and predicts any other number immediately.</summary>
    public int? EndlessAt { get; init; }

    /// <summary>Null: its archive has none, as in old releases.</summary>
    public FeatureBaseline? Baseline { get; init; }
    public bool NonNumericKind { get; init; }
    public bool WrongGolden { get; init; }
    public bool WrongEncoding { get; init; }
    public bool NoGolden { get; init; }
    public bool ExternalData { get; init; }
    public bool OtherSchemaInFile { get; init; }
    public bool NoMetadata { get; init; }
    public bool NotOnnx { get; init; }
    public bool OtherWidth { get; init; }

    /// <summary>This version's predictions for encoded rows.</summary>
    public float Predict(params float[] features)
    {
        var sum = Bias;
        for (var i = 0; i < Width; i++)
            sum += UnitWeights[i] * Scale * features[i];
        return SquareRoot ? MathF.Sqrt(sum) : NoSigmoid ? sum : 1 / (1 + MathF.Exp(-sum));
    }

    public byte[] ToOnnx()
    {
        var inFile = OtherSchemaInFile ? Schema with { Label = "Another" } : Schema;
        var metadata = JsonSerializer.Serialize(inFile, RegistryJson.Default.ModelSchema);
        if (NotOnnx)
            return "this is not a model"u8.ToArray();
        if (ExternalData)
            return OnnxModel.WithExternalData(Width, metadata);
        return OnnxModel.Linear(
            OtherWidth ? [.. Weights, 0] : Weights, NonNumericKind ? float.NaN : Bias, NoMetadata ? null : metadata, SquareRoot ? "Sqrt" : NoSigmoid ? "Identity" : "Sigmoid",
            EndlessAt is null ? Iterations : 1_000_000_000_000_000, EndlessAt);
    }

    public GoldenSet ToGolden()
    {
        IReadOnlyList<IReadOnlyDictionary<string, string?>> records =
        [
            new Dictionary<string, string?> { ["Torque [Nm]"] = "42.5", ["Wear, tool"] = "10", ["Type"] = "M" },
            new Dictionary<string, string?> { ["Torque [Nm]"] = "20", ["Wear, tool"] = null, ["Type"] = "H" },
        ];
        float[][] inputs = WrongEncoding ? [[42.5f, 10, 1, 0, 0], [20, 100, 0, 0, 1]] : [[42.5f, 10, 0, 1, 0], [20, 100, 0, 0, 1]];
        return new(
            records,
            NoGolden ? [] : inputs,
            NoGolden ? [] : [.. inputs.Select(row => new[] { Predict(row) + (WrongGolden ? 0.01f : 0) })],
            1e-5);
    }
}
