using Slipway.Inference.Monitoring;

namespace Slipway.Inference.Tests.Monitoring;

public sealed class BinSearchTests
{
    [Test]
    public void CountsTheEdgesBelowAValue([Values(0, 1, 7, 8, 9, 31, 63)] int count)
    {
        var random = new Random(count);
        float[] edges = [.. Enumerable.Range(0, count).Select(_ => (float)random.NextDouble()).Distinct().Order()];
        var search = new BinSearch(edges);
        float[] values = [.. edges, .. edges.Select(MathF.BitIncrement), .. edges.Select(MathF.BitDecrement), -1, 0, 2, float.MinValue, float.MaxValue];

        Assert.That(search.Bins, Is.EqualTo(edges.Length + 1));
        Assert.That(values.Select(search.Of), Is.EqualTo(values.Select(value => edges.Count(edge => edge < value))));
    }

    /// <summary>As the trainer counts: bin i contains edge i-1 &lt; x &lt;= edge i.</summary>
    [TestCase(1, 0)]
    [TestCase(1.5f, 1)]
    [TestCase(2, 1)]
    [TestCase(9, 2)]
    public void EdgeBelongsToTheBinBelowIt(float value, int bin) => Assert.That(new BinSearch([1, 2]).Of(value), Is.EqualTo(bin));
}
