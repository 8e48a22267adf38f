using Slipway.Registry.Models;

namespace Slipway.Registry.Gates;

/// <summary>Compares one value with absolute bounds.</summary>
internal static class GateBounds
{
    public static GateVerdict Verdict(string rule, string what, double? value, Bounds bounds)
    {
        var bound = Text(bounds);
        if (bounds is { AtLeast: null, AtMost: null })
            return new(rule, false, Finite(value), bound, $"{what} has a gate without a bound, which everything would pass.");
        if (Finite(value) is not { } number)
            return new(rule, false, null, bound, value is null ? $"{what} was not measured." : $"{what} is not a finite number.");

        // written so that a bound that is NaN fails
        var passed = (bounds.AtLeast is not { } least || number >= least) && (bounds.AtMost is not { } most || number <= most);
        return new(rule, passed, number, bound, $"{what} is {GateNumber.Text(number)}, which {(passed ? "is" : "is not")} {bound}.");
    }

    public static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private static string Text(Bounds bounds) => bounds switch
    {
        { AtLeast: { } least, AtMost: { } most } => $">= {GateNumber.Text(least)} and <= {GateNumber.Text(most)}",
        { AtLeast: { } least } => $">= {GateNumber.Text(least)}",
        { AtMost: { } most } => $"<= {GateNumber.Text(most)}",
        _ => "none",
    };
}
