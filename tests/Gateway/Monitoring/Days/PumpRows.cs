using System.Globalization;
using System.Text;

namespace Slipway.Gateway.Tests.Monitoring.Days;

/// <summary>Pumps whose pressure decides whether they fail, as they might be measured.</summary>
internal sealed class PumpRows(int seed)
{
    private readonly Random _random = new(seed);

    /// <param name="shift">Of the pressure, in standard deviations.</param>
    public IReadOnlyList<PumpRow> Draw(int count, double shift = 0) => [.. Enumerable.Range(0, count).Select(_ => Draw(shift))];

    public static string Csv(IEnumerable<PumpRow> rows) =>
        rows.Aggregate(new StringBuilder("pressure,age,failed\n"), (csv, row) => csv.Append(CultureInfo.InvariantCulture, $"{row.Pressure},{row.Age},{(row.Failed ? 1 : 0)}\n")).ToString();

    private PumpRow Draw(double shift)
    {
        var pressure = (float)(Normal() + shift);
        var age = (float)(_random.NextDouble() * 10);
        return new(pressure, age, pressure + 0.4 * Normal() > 0.8);
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}

internal sealed record PumpRow(float Pressure, float Age, bool Failed);
