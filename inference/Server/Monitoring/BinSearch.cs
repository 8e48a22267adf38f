using System.Numerics;

namespace Slipway.Inference.Monitoring;

/// <summary>Finds the bin of a number by comparing it with all edges at once: no branch depends on the number. Thread-safe.</summary>
public sealed class BinSearch
{
    private readonly Vector<float>[] _edges;

    /// <param name="edges">Ascending; bin i contains edge i-1 &lt; x &lt;= edge i.</param>
    public BinSearch(IReadOnlyList<float> edges)
    {
        Bins = edges.Count + 1;
        var width = Vector<float>.Count;
        // no number is beyond infinity, so that what fills up the last vector counts nothing
        float[] padded = [.. edges, .. Enumerable.Repeat(float.PositiveInfinity, (width - edges.Count % width) % width)];
        _edges = [.. Enumerable.Range(0, padded.Length / width).Select(i => new Vector<float>(padded, i * width))];
    }

    public int Bins { get; }

    /// <summary>The number of edges below <paramref name="value"/>.</summary>
    public int Of(float value)
    {
        var number = new Vector<float>(value);
        var below = Vector<int>.Zero;
        foreach (var edges in _edges)
            below -= Vector.LessThan(edges, number);
        return Vector.Sum(below);
    }
}
