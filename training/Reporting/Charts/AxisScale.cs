using System.Globalization;

namespace Slipway.Reporting.Charts;

/// <summary>Round numbers for an axis that covers a range of values.</summary>
public sealed record AxisScale(double Low, double High, IReadOnlyList<double> Ticks, string Format)
{
    public static AxisScale Probability { get; } = new(0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1], "0.0");

    /// <param name="steps">The approximate number of steps.</param>
    public static AxisScale Of(double low, double high, int steps = 5)
    {
        if (!(high > low)) // one value only
            (low, high) = (low - Math.Max(Math.Abs(low) / 10, 1e-3), low + Math.Max(Math.Abs(low) / 10, 1e-3));
        var step = Round((high - low) / steps);
        // computed from step numbers, because sums of steps drift away from round numbers
        var (first, last) = ((long)Math.Floor((low / step) + 1e-9), (long)Math.Ceiling((high / step) - 1e-9));
        var ticks = Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step).ToList();
        return new(ticks[0], ticks[^1], ticks, FormatOf(step, Math.Max(Math.Abs(ticks[0]), Math.Abs(ticks[^1]))));
    }

    public string Text(double value) => value.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>1, 2 or 5 times a power of ten.</summary>
    private static double Round(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return (step / power) switch { <= 1.5 => power, <= 3.5 => 2 * power, <= 7.5 => 5 * power, _ => 10 * power };
    }

    private static string FormatOf(double step, double largest)
    {
        if (largest >= 1e7 || step < 1e-5)
            return "0.##E+0";
        var decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        return decimals == 0 ? "#,0" : $"#,0.{new string('0', decimals)}";
    }
}
