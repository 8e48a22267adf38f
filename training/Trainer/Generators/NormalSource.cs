namespace Slipway.Trainer.Generators;

/// <summary>
/// Normal and uniform numbers from one seed. <see cref="Random"/> with a seed keeps its sequence between versions of .NET
/// (a documented compatibility promise of the seeded constructor), so a dataset does not change.
/// </summary>
internal sealed class NormalSource(int seed)
{
    private readonly Random _random = new(seed);

    public double Uniform() => _random.NextDouble();

    public double Uniform(double low, double high) => low + ((high - low) * _random.NextDouble());

    /// <summary>Box-Muller; the sine half is discarded so that each call draws exactly two uniforms.</summary>
    public double Normal(double mean, double sigma)
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble()));
        return mean + (sigma * radius * Math.Cos(2 * Math.PI * _random.NextDouble()));
    }

    /// <summary>A random walk of unit steps, shifted and scaled to exactly this mean and deviation.</summary>
    public double[] Walk(int length, double mean, double sigma)
    {
        var walk = new double[length];
        var position = 0.0;
        for (var i = 0; i < length; i++)
            walk[i] = position += Normal(0, 1);

        var average = walk.Average();
        var deviation = Math.Sqrt(walk.Average(x => (x - average) * (x - average)));
        for (var i = 0; i < length; i++)
            walk[i] = deviation == 0 ? mean : mean + (sigma * (walk[i] - average) / deviation);
        return walk;
    }
}
