using Slipway.Registry.Monitoring.Drift;

namespace Slipway.Registry.Tests.Monitoring.Drift;

public sealed class BenjaminiHochbergTests
{
    private static readonly double[] Values = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216];

    [Test]
    public void RejectsTheFirstTwo()
    {
        var threshold = BenjaminiHochberg.Threshold(Values, 0.05);

        Assert.That(Values.Count(p => p <= threshold), Is.EqualTo(2));
        Assert.That(threshold, Is.EqualTo(0.01).Within(1e-15));
    }

    [Test]
    public void AdjustsEachValue() => Assert.That(
        BenjaminiHochberg.Adjusted(Values), Is.EqualTo(new[] { 0.01, 0.04, 0.084, 0.084, 0.084, 0.1, 0.105714285714, 0.216, 0.216, 0.216 }).Within(1e-9));

    [Test]
    public void OrderDoesNotMatter() => Assert.That(BenjaminiHochberg.Threshold([.. Values.Reverse()], 0.05), Is.EqualTo(0.01).Within(1e-15));

    [Test]
    public void AsksForTheFullCorrectionWhereNoneCounts() => Assert.That(BenjaminiHochberg.Threshold([0.5, 0.7, 0.9, 1], 0.05), Is.EqualTo(0.0125));
}
