using System.Globalization;

namespace Slipway.Trainer.Proposals.Text;

/// <summary>Formats numbers as a person would have written them.</summary>
public static class NiceNumber
{
    // rounding error of the division: 0.3 / 0.1 is 2.9999999999999996
    private const double Dust = 1e-9;

    /// <summary>The power of ten of a distance: 0.01 for 0.034.</summary>
    public static double Step(double distance) => Math.Pow(10, Math.Floor(Math.Log10(distance) + Dust));

    public static double Below(double value, double step) => Clean(Math.Floor((value / step) + Dust) * step);

    public static double Above(double value, double step) => Clean(Math.Ceiling((value / step) - Dust) * step);

    /// <summary>The next of 1, 2, 5, 10, 20, 50 ... that is not smaller.</summary>
    public static double Above(double value)
    {
        var step = Step(value);
        return Clean(new[] { 1, 2, 5, 10 }.Select(factor => factor * step).First(nice => nice >= value * (1 - Dust)));
    }

    /// <summary>In JSON, as a person writes it: 0.00004 rather than 4E-05.</summary>
    public static string Json(double value) => value is 0 || Math.Abs(value) is < 1e-9 or > 1e15
        ? value.ToString("R", CultureInfo.InvariantCulture)
        : ((decimal)value).ToString(CultureInfo.InvariantCulture);

    /// <summary>For reading, three digits: 0.912, 52,341; more if they distinguish a value from 1.</summary>
    public static string Text(double value) => Math.Abs(value) >= 1000
        ? value.ToString("N0", CultureInfo.InvariantCulture)
        : Clean(value, value is < 1 and >= 0.9995 ? 5 : 3).ToString(CultureInfo.InvariantCulture);

    // via text, because sums of tenths are not exact tenths
    private static double Clean(double value, int digits = 15) =>
        double.Parse(value.ToString($"G{digits.ToString(CultureInfo.InvariantCulture)}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
