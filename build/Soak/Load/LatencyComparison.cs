using System.Globalization;

namespace Slipway.Soak.Load;

/// <summary>Compares latencies during a fault with those without it, from windows that alternate.</summary>
/// <param name="Calm">The 99th and 99.9th percentile without the fault, in milliseconds.</param>
/// <param name="Meanwhile">The same during it.</param>
public sealed record LatencyComparison((double P99, double P999) Calm, (double P99, double P999) Meanwhile)
{
    public const double MaxP99Ratio = 1.2;
    public const double MaxP999Ratio = 2;

    public double P99Ratio => Meanwhile.P99 / Calm.P99;

    public double P999Ratio => Meanwhile.P999 / Calm.P999;

    public static LatencyComparison Of(LoadFigures calm, LoadFigures meanwhile) => new(Of(calm), Of(meanwhile));

    /// <summary>Why a bound does not hold; null if both do.</summary>
    public string? Broken() => P99Ratio <= MaxP99Ratio && P999Ratio <= MaxP999Ratio
        ? null
        : string.Create(
            CultureInfo.InvariantCulture, $"p99 is {P99Ratio:0.00} times that without the fault (at most {MaxP99Ratio:0.0}), p99.9 {P999Ratio:0.00} times (at most {MaxP999Ratio:0.0})");

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"p99 {Meanwhile.P99:0.0} ms against {Calm.P99:0.0} ms ({P99Ratio:0.00} times), p99.9 {Meanwhile.P999:0.0} ms against {Calm.P999:0.0} ms ({P999Ratio:0.00} times)");

    private static (double, double) Of(LoadFigures figures) => (figures.Percentile(0.99), figures.Percentile(0.999));
}
