using CsCheck;

namespace Slipway.Inference.Tests.Properties;

/// <summary>A raw row of the test model; null is a missing value, as is an empty type.</summary>
internal sealed record SampleRow(float? Torque, float? Wear, string Type)
{
    /// <summary>What the encoder makes of it: the median for a missing number, and no category for one that training did not see.</summary>
    public float[] Features { get; } = [Torque ?? 40, Wear ?? 100, Type == "L" ? 1 : 0, Type == "M" ? 1 : 0, Type == "H" ? 1 : 0];

    public float Prediction => PropertyServer.Version.Predict(Features);
}

internal static class SampleRows
{
    private static readonly Gen<float?> Number = Gen.Frequency((6, Gen.Int[-4000, 4000].Select(tenths => (float?)(tenths / 8f))), (1, Gen.Single[-300, 300].Select(number => (float?)number)), (1, Gen.Const((float?)null)));

    public static Gen<SampleRow[]> Some { get; } =
        Gen.Select(Number, Number, Gen.OneOf("L", "M", "H", "", "X", "m", "日", "\"L\"", "a,b"), (torque, wear, type) => new SampleRow(torque, wear, type)).Array[1, 4];
}
