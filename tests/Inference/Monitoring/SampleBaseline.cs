using Slipway.Registry.Models;

namespace Slipway.Inference.Tests.Monitoring;

/// <summary>The training data of the model of these tests, as it might have been.</summary>
internal static class SampleBaseline
{
    public static FeatureBaseline Value { get; } = new(
        1000,
        [
            new("Torque [Nm]", ColumnKind.Numeric, [20, 30, 40, 50, 60], [100, 200, 200, 250, 150, 100], 0, 40, 12),
            new("Wear, tool", ColumnKind.Numeric, [50, 100, 200], [250, 200, 250, 250], 50, 110, 60),
            new("Type", ColumnKind.Categorical, null, [600, 300, 100, 0], 0, null, null),
        ],
        new("probability", ColumnKind.Numeric, [0.25f, 0.5f, 0.75f], [50, 50, 50, 50], 0, 0.5, 0.25));
}
