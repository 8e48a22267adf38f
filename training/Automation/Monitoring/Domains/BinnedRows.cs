using Slipway.Registry.Monitoring.Domains;

namespace Slipway.Automation.Monitoring.Domains;

/// <summary>
/// The rows of both samples, those of the training data first, with each value as the number of its bin. Bins are quantiles of all rows, whichever kind they are: what
/// they show of rows that a fit leaves out does not tell their kind.
/// </summary>
internal sealed class BinnedRows
{
    /// <summary>Of one feature; there is one more for values that are not numbers.</summary>
    private const int MaxBins = 64;

    private BinnedRows(byte[][] features, int[] binCounts, byte[] kinds) => (Features, BinCounts, Kinds) = (features, binCounts, kinds);

    /// <summary>By feature and row.</summary>
    public byte[][] Features { get; }

    /// <summary>By feature.</summary>
    public int[] BinCounts { get; }

    /// <summary>By row: 0 is training data, 1 was logged.</summary>
    public byte[] Kinds { get; }

    public int Count => Kinds.Length;

    public static BinnedRows Of(DomainSamples samples)
    {
        var width = samples.Columns.Sum(column => column.Width);
        var (training, count) = (samples.Training.Length / width, (samples.Training.Length + samples.Logged.Length) / width);
        var kinds = new byte[count];
        kinds.AsSpan(training).Fill(1);
        var (features, binCounts) = (new byte[width][], new int[width]);
        var values = new float[count];
        for (var feature = 0; feature < width; feature++)
        {
            for (var row = 0; row < count; row++)
                values[row] = row < training ? samples.Training[row * width + feature] : samples.Logged[(row - training) * width + feature];
            var edges = Edges(values);
            features[feature] = [.. values.Select(value => Bin(edges, value))];
            binCounts[feature] = edges.Length + 2;
        }

        return new(features, binCounts, kinds);
    }

    /// <summary>Each is the largest value of its bin.</summary>
    private static float[] Edges(float[] values)
    {
        float[] sorted = [.. values.Where(value => !float.IsNaN(value)).Order()];
        var edges = new List<float>(MaxBins);
        for (var quantile = 1; quantile < MaxBins && sorted.Length > 0; quantile++)
            if (sorted[(int)((long)quantile * sorted.Length / MaxBins)] is var edge && (edges.Count == 0 || edge > edges[^1]))
                edges.Add(edge);
        return [.. edges];
    }

    private static byte Bin(float[] edges, float value)
    {
        if (float.IsNaN(value))
            return 0;
        var found = Array.BinarySearch(edges, value);
        return (byte)(1 + (found >= 0 ? found : ~found));
    }
}
