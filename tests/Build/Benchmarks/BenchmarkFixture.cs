using Slipway.Benchmarks;
using Slipway.Benchmarks.Figures;
using Slipway.Benchmarks.Machine;

namespace Slipway.Build.Tests.Benchmarks;

/// <summary>Findings with distinguishable values.</summary>
internal static class BenchmarkFixture
{
    public static MachineFacts QuietMachine { get; } = new(
        "Ten-core Wonder", 10, "Linux 6.1", ".NET 10.0.12", "0123456789abcdef0123456789abcdef01234567", Dirty: false,
        new(2026, 11, 23, 4, 0, 0, TimeSpan.Zero), LoadAverage: 0.2, BusyShare: 0.02);

    public static BenchmarkFindings Findings { get; } = Of(QuietMachine);

    public static BenchmarkFindings Of(MachineFacts machine)
    {
        var server = Contestant("Slipway server", [18_000, 19_000, 20_000], 157_286_400);
        var floor = Contestant("minimal Kestrel server", [20_000, 20_000, 25_000], 62_914_560);
        return new(
            "full", machine, "predictive-maintenance",
            [
                new("One encoded row per request", "POST /v2/models/predictive-maintenance/infer", 32,
                [
                    server, floor with { Ratios = Ratios.Of(server, floor.Rounds, floor.PeakBytes) },
                    Measured.Missing(new("FastAPI | ONNX Runtime", "python3 -m pip install fastapi")),
                ]),
            ],
            new(4, 123_456, 0, [new(700, 720, 1.1, 20_000), new(900, 950, 1.2, 20_000), new(800, 810, 1.0, 20_000)], [new(300, 310, 1.0, 20_000), new(500, 510, 1.0, 20_000), new(400, 410, 1.0, 20_000)]),
            new("datasets/predictive-maintenance/ai4i2020.csv", 520_000, [3.2, 3.4, 3.3], 138_412_032),
            [
                new(10_000, 20, 1_600_000, new(0.5, 2.5, 0.91234, 157_286_400), "scikit-learn", new(0.4, 2, 0.91, 209_715_200), "apt-get install python3-sklearn"),
                new(100_000, 20, 16_000_000, new(1, 5, 0.92, 157_286_400), "scikit-learn", null, "apt-get install python3-sklearn"),
            ]);
    }

    private static Measured Contestant(string name, IReadOnlyList<double> perSecond, long peak) => new(
        name, [.. perSecond.Select(rate => new Round((long)rate * 2, rate, 800, 4_200, 0.05, 0.006))], peak, InstallHint: null, Ratios: null);
}
