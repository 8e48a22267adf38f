using Slipway.Registry.Monitoring.Drift;

namespace Slipway.Registry.Tests.Monitoring.Drift;

/// <summary>Figures that SciPy, NumPy and other libraries for drift give for the same data.</summary>
public sealed class DistancesTests
{
    private const double Within = 1e-9;

    private static readonly double[] P = [0.1, 0.2, 0.3, 0.4];
    private static readonly double[] Q = [0.4, 0.3, 0.2, 0.1];

    [Test]
    public void DrawsTheReferenceSamples()
    {
        Assert.That(ReferenceSamples.Reference[..3], Is.EqualTo(new[] { 2.247818864266e-05, 8.886667788026e-02, 9.196779754053e-01 }).Within(1e-12));
        Assert.That(ReferenceSamples.Reference.Average(), Is.EqualTo(1.0081147769788594).Within(1e-12));
        Assert.That(ReferenceSamples.Same.Average(), Is.EqualTo(0.9401114481153632).Within(1e-12));
    }

    [Test]
    public void MeasuresTwoHistograms()
    {
        Assert.That(Distances.Psi(P, Q, floor: 1e-4), Is.EqualTo(0.9128696382935673).Within(Within));
        Assert.That(Distances.JensenShannon(P, Q), Is.EqualTo(0.3262516441126745).Within(Within));
        Assert.That(Math.Sqrt(Distances.JensenShannonDivergence(P, Q) / Math.Log(2)), Is.EqualTo(0.39186816064715513).Within(Within));
        Assert.That(Distances.JensenShannonDivergence(P, Q) / Math.Log(2), Is.EqualTo(0.15356065532898458).Within(Within));
        Assert.That(Distances.Hellinger(P, Q), Is.EqualTo(0.3318162917087773).Within(Within));
        Assert.That(Distances.KolmogorovSmirnovOfBins(P, Q), Is.EqualTo(0.4).Within(Within));
    }

    [Test]
    public void MeasuresHistogramsWithEmptyBins()
    {
        Assert.That(Math.Sqrt(Distances.JensenShannonDivergence([1, 0, 0], [0, 1, 0]) / Math.Log(2)), Is.EqualTo(1).Within(Within));
        Assert.That(Distances.JensenShannon([1, 0], [0.5, 0.5]), Is.EqualTo(0.46450140402245893).Within(Within));
        Assert.That(Distances.Hellinger([1, 0], [0, 1]), Is.EqualTo(1).Within(Within));
    }

    [Test]
    public void MeasuresCounts() =>
        Assert.That(Distances.Hellinger([16, 18, 16, 14, 12, 12], [16, 16, 16, 16, 16, 8]), Is.EqualTo(0.06812774370983354).Within(Within));

    [Test]
    public void MeasuresTheKolmogorovSmirnovDistanceOfSamples()
    {
        Assert.That(Distances.KolmogorovSmirnov(ReferenceSamples.Reference, ReferenceSamples.Drifted), Is.EqualTo(0.062).Within(Within));
        Assert.That(Distances.KolmogorovSmirnov(ReferenceSamples.Reference, ReferenceSamples.Same), Is.EqualTo(0.048).Within(Within));
        Assert.That(Distances.KolmogorovSmirnov([1, 1, 2, 2, 3], [1, 2, 2, 3, 3, 3]), Is.EqualTo(0.3).Within(Within));
        Assert.That(
            Distances.KolmogorovSmirnov([38.7, 41.5, 43.8, 44.5, 45.5, 46, 47.7, 58], [39.2, 39.3, 39.7, 41.4, 41.8, 42.9, 43.3, 45.8]), Is.EqualTo(0.625).Within(Within));
    }

    [Test]
    public void MeasuresTheWassersteinDistanceOfSamples()
    {
        Assert.That(Wasserstein(ReferenceSamples.Reference, ReferenceSamples.Drifted), Is.EqualTo(0.120041489399).Within(Within));
        Assert.That(Wasserstein(ReferenceSamples.Reference, ReferenceSamples.Same), Is.EqualTo(0.080284988992).Within(Within));
        Assert.That(Wasserstein([38.7, 41.5, 43.8, 44.5, 45.5, 46, 47.7, 58], [39.2, 39.3, 39.7, 41.4, 41.8, 42.9, 43.3, 45.8]), Is.EqualTo(4.1625).Within(Within));
        Assert.That(Wasserstein([0, 1, 3], [5, 6, 8]), Is.EqualTo(5).Within(Within));
        Assert.That(Distances.Wasserstein([0, 1], [3, 1], [0, 1], [2, 2]), Is.EqualTo(0.25).Within(Within));
        Assert.That(
            Distances.Wasserstein([3.4, 3.9, 7.5, 7.8], [1.4, 0.9, 3.1, 7.2], [4.5, 1.4], [3.2, 3.5]), Is.EqualTo(4.078133143804786).Within(Within));
    }

    [Test]
    public void MeasuresPsiByDecilesOfTheReference()
    {
        var edges = ReferenceSamples.Deciles(ReferenceSamples.Reference);
        var reference = ReferenceSamples.SharesByEdges(ReferenceSamples.Reference, edges);

        Assert.That(Distances.Psi(reference, ReferenceSamples.SharesByEdges(ReferenceSamples.Drifted, edges), 1e-4), Is.EqualTo(0.030163822556).Within(Within));
        Assert.That(Distances.Psi(reference, ReferenceSamples.SharesByEdges(ReferenceSamples.Same, edges), 1e-4), Is.EqualTo(0.022374523840).Within(Within));
    }

    [TestCase(true, 0.031117928281, 0.061720175794)]
    [TestCase(false, 0.036518336199, 0.068109999651)]
    public void MeasuresEqualBinsOverBothSamples(bool drifted, double psi, double distance)
    {
        var current = drifted ? ReferenceSamples.Drifted : ReferenceSamples.Same;
        var (from, to) = (Math.Min(ReferenceSamples.Reference.Min(), current.Min()), Math.Max(ReferenceSamples.Reference.Max(), current.Max()));
        var p = ReferenceSamples.SharesOfEqualBins(ReferenceSamples.Reference, from, to, 13);
        var q = ReferenceSamples.SharesOfEqualBins(current, from, to, 13);

        Assert.That(Distances.Psi(p, q, 1e-4), Is.EqualTo(psi).Within(Within));
        Assert.That(Distances.JensenShannon(p, q), Is.EqualTo(distance).Within(Within));
    }

    /// <summary>What is outside the reference's bins is a bin of its own.</summary>
    [TestCase(true, 0.113710327282)]
    [TestCase(false, 0.092132973223)]
    public void MeasuresEqualBinsOfTheReference(bool drifted, double distance)
    {
        var current = drifted ? ReferenceSamples.Drifted : ReferenceSamples.Same;
        var (from, to) = (ReferenceSamples.Reference.Min(), ReferenceSamples.Reference.Max());
        var p = ReferenceSamples.SharesOfEqualBins(ReferenceSamples.Reference, from, to, 18);
        var q = ReferenceSamples.SharesOfEqualBins(current, from, to, 18);

        Assert.That(Math.Sqrt(Distances.JensenShannonDivergence([.. p, 1 - p.Sum()], [.. q, 1 - q.Sum()]) / Math.Log(2)), Is.EqualTo(distance).Within(Within));
    }

    private static double Wasserstein(double[] reference, double[] current) => Distances.Wasserstein(reference, [], current, []);
}
