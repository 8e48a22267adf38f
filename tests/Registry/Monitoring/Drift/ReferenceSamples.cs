namespace Slipway.Registry.Tests.Monitoring.Drift;

/// <summary>Deterministic samples of an exponential law, which other programs can draw too: <c>s = s * 48271 mod (2^31 - 1)</c>, <c>x = -ln(1 - s / (2^31 - 1))</c>.</summary>
internal static class ReferenceSamples
{
    private const long Modulus = 2_147_483_647;

    public static double[] Reference { get; } = Draw(seed: 1, 2000);
    public static double[] Same { get; } = Draw(seed: 7, 500);
    public static double[] Drifted { get; } = [.. Same.Select(x => 1.2 * x)];

    /// <summary>Edges of bins of equal frequency by linear interpolation; a value's bin is the number of edges that do not exceed it.</summary>
    public static double[] Deciles(double[] sample)
    {
        double[] sorted = [.. sample.Order()];
        return [.. Enumerable.Range(1, 9).Select(decile =>
        {
            var place = decile / 10.0 * (sorted.Length - 1);
            var below = (int)place;
            return sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]);
        })];
    }

    public static double[] SharesByEdges(double[] sample, double[] edges)
    {
        var counts = new double[edges.Length + 1];
        foreach (var value in sample)
            counts[edges.Count(edge => edge <= value)]++;
        return [.. counts.Select(count => count / sample.Length)];
    }

    /// <summary>Shares of equally wide bins between two values, the last of which is closed.</summary>
    public static double[] SharesOfEqualBins(double[] sample, double from, double to, int bins)
    {
        var counts = new double[bins];
        foreach (var value in sample)
            if (value >= from && value <= to)
                counts[Math.Min(bins - 1, (int)((value - from) / (to - from) * bins))]++;
        return [.. counts.Select(count => count / sample.Length)];
    }

    private static double[] Draw(long seed, int count)
    {
        var sample = new double[count];
        for (var i = 0; i < count; i++)
        {
            seed = seed * 48271 % Modulus;
            sample[i] = -Math.Log(1 - (double)seed / Modulus);
        }

        return sample;
    }
}
