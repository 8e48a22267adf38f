namespace Slipway.Registry.Tests.Rollouts.Simulations;

/// <summary>Independent draws that are the same in every run and on every machine: SplitMix64.</summary>
internal struct SeededDraws(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Whether something of this probability happens.</summary>
    public bool Happens(double probability) => Next() < probability;

    public int Below(int bound) => (int)(Next() * bound);

    /// <summary>From 0 to 1.</summary>
    public double Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = _state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
