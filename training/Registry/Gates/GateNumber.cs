using System.Globalization;

namespace Slipway.Registry.Gates;

/// <summary>Formats numbers in verdicts for people.</summary>
public static class GateNumber
{
    public static string Text(double number) => Math.Abs(number) switch
    {
        >= 1000 => number.ToString("0.#", CultureInfo.InvariantCulture),
        > 0 and < 0.001 => number.ToString("G3", CultureInfo.InvariantCulture),
        _ => number.ToString("0.######", CultureInfo.InvariantCulture),
    };
}
