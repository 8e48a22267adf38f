namespace Slipway.Trainer.Data;

/// <summary>Range, mean and variance of a stream of numbers, by Welford: the naive sum of squares loses all digits for temperatures near 300 with a deviation of 2.</summary>
public sealed class RunningMoments
{
    private double _squares;

    public long Count { get; private set; }
    public float Minimum { get; private set; } = float.PositiveInfinity;
    public float Maximum { get; private set; } = float.NegativeInfinity;
    public double Mean { get; private set; }
    public double StandardDeviation => Count > 1 ? Math.Sqrt(_squares / (Count - 1)) : 0;

    public void Add(float value)
    {
        Count++;
        var difference = value - Mean;
        Mean += difference / Count;
        _squares += difference * (value - Mean);
        Minimum = Math.Min(Minimum, value);
        Maximum = Math.Max(Maximum, value);
    }
}
