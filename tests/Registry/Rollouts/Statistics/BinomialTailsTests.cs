using Slipway.Registry.Rollouts.Statistics;

namespace Slipway.Registry.Tests.Rollouts.Statistics;

public sealed class BinomialTailsTests
{
    private const double Close = 1e-9;

    /// <summary>A beta(1, 1) mixture over the candidate's part of the bad attempts, cut to values above its share, and not cut: another test, computed with SciPy.</summary>
    [TestCase(5, 5, 0.1, 9.8265255114, 9.7211659957)]
    [TestCase(3, 3, 0.05, 7.6521895039, 7.6009024595)]
    [TestCase(10, 12, 0.5, 2.2450152412, 1.5631620672)]
    [TestCase(8, 40, 0.1, 0.0076258964, -0.0794321776)]
    [TestCase(4, 40, 0.1, -2.5246590242, -2.1331444733)]
    [TestCase(0, 40, 0.1, -3.7135720667, 0.5008485596)]
    [TestCase(30, 100, 0.1, 13.3009332358, 13.1955727281)]
    public void AgreeWithTheBetaMixture(int bad, int all, double share, double cut, double whole)
    {
        var mixture = -Math.Log(all + 1) - BinomialTails.LnMass(bad, all, share);

        Assert.That(mixture, Is.EqualTo(whole).Within(Close));
        Assert.That(mixture + BinomialTails.LnAtLeast(1 + all - bad, all + 1, 1 - share) - Math.Log(1 - share), Is.EqualTo(cut).Within(Close));
    }

    /// <summary>Clopper and Pearson's 95 % intervals end where a tail is 2.5 %.</summary>
    [TestCase(3, 50, 0.0125485878, 0.1654819466)]
    [TestCase(81, 263, 0.2527367456, 0.3676219226)]
    public void AgreeWithClopperAndPearson(int bad, int requests, double lower, double upper)
    {
        Assert.That(Math.Exp(BinomialTails.LnAtLeast(bad, requests, lower)), Is.EqualTo(0.025).Within(1e-8));
        Assert.That(Math.Exp(BinomialTails.LnAtMost(bad, requests, upper)), Is.EqualTo(0.025).Within(1e-8));
    }

    [TestCase(1, 0.3)]
    [TestCase(7, 0.5)]
    [TestCase(40, 0.01)]
    [TestCase(333, 0.97)]
    public void AddUp(int trials, double p)
    {
        var sum = 0.0;
        for (var successes = 0; successes <= trials; successes++)
        {
            sum += Math.Exp(BinomialTails.LnMass(successes, trials, p));
            Assert.That(Math.Exp(BinomialTails.LnAtMost(successes, trials, p)), Is.EqualTo(sum).Within(1e-12).Percent.Or.EqualTo(sum).Within(1e-12), $"{successes}");
        }
        Assert.That(sum, Is.EqualTo(1).Within(1e-12));
    }

    [Test]
    public void KnowTheEnds()
    {
        Assert.That(BinomialTails.LnAtLeast(0, 10, 0.2), Is.EqualTo(0));
        Assert.That(BinomialTails.LnAtLeast(11, 10, 0.2), Is.EqualTo(double.NegativeInfinity));
        Assert.That(BinomialTails.LnAtLeast(10, 10, 0.2), Is.EqualTo(10 * Math.Log(0.2)).Within(1e-12));
        Assert.That(BinomialTails.LnAtMost(0, 10, 0.2), Is.EqualTo(10 * Math.Log(0.8)).Within(1e-12));
    }
}
