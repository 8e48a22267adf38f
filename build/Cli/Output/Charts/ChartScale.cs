namespace Slipway.Build.Cli.Output.Charts;

/// <summary>The value axis: its end, and the power of ten that keeps its numbers short enough to read.</summary>
internal sealed record ChartScale(double Low, double High, int Exponent)
{
    // longer numbers on an axis overlap
    private const double UpperLimit = 1e5;
    private const double LowerLimit = 1e-2;
    private const double Room = 1.05;

    /// <param name="values">Finite ones.</param>
    public static ChartScale Of(IReadOnlyCollection<double> values)
    {
        var largest = values.Select(Math.Abs).DefaultIfEmpty().Max();
        var exponent = largest is 0 or (>= LowerLimit and < UpperLimit) ? 0 : (int)Math.Floor(Math.Log10(largest) / 3) * 3;
        var scale = new ChartScale(0, 0, exponent);
        var (low, high) = (Math.Min(0, values.Select(scale.Of).DefaultIfEmpty().Min()), Math.Max(0, values.Select(scale.Of).DefaultIfEmpty().Max()));
        // shares are shown relative to the whole
        var top = low == 0 && high is > 0.5 and <= 1 ? 1 : high * Room;
        return scale with { Low = low * Room, High = low == 0 && high == 0 ? 1 : top };
    }

    // in two steps: the power alone may be out of range although its result is not
    public double Of(double value) => value / Math.Pow(10, Exponent / 2) / Math.Pow(10, Exponent - (Exponent / 2));

    public string Axis(string title) =>
        $"    y-axis {MermaidChart.Text(Exponent == 0 ? title : $"{title} (in 1e{Exponent})")} {MermaidChart.Number(Low)} --> {MermaidChart.Number(High)}";
}
