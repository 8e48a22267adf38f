using Slipway.Registry.Monitoring.Drift;

namespace Slipway.Registry.Tests.Monitoring.Drift;

public static class SampleDrift
{
    public static DateTimeOffset At { get; } = new(2026, 11, 30, 10, 0, 0, TimeSpan.Zero);

    public static DriftWindow Window { get; } = new(
        "pumps", 3, "0a", At, TimeSpan.FromHours(1), ["blue-1"], 9, 2,
        [new("type", [4, 3, 1], 1, 0, 0, null, null, null), new("torque", [3, 3, 2], 1, 1, 2, 0.5f, 9, 1)], new("probability", [6, 3], 0, 0, 0, 0.1f, 0.9f, null), At.AddHours(1));

    public static DriftVerdict Verdict { get; } = new(
        "pumps", 3, At, TimeSpan.FromHours(1), At.AddHours(1), DriftState.Drifted, 2000, ["blue-1", "green-1"], 1e-4, 2.5, 1,
        [new("torque", true, 2.5, 1e-9, 1990, [new(DriftStatistic.KolmogorovSmirnov, 0.1, 0.04, 1e-9, true)])],
        new("probability", false, 0.4, 0.2, 2000, []), [new("type", DataCheck.NewCategory, 90, 0.045, 0, true)], "torque has drifted.", "main");
}
