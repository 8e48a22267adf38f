using Slipway.Registry;
using Slipway.Trainer.Trainers.Linear;

namespace Slipway.Trainer.Tests.Trainers;

public sealed class CholeskyTests
{
    [Test]
    public void SolvesAKnownSystem() =>
        // the matrix of Wikipedia's example of a Cholesky decomposition, times (1, -2, 3)
        Assert.That(
            new Cholesky(new double[,] { { 4, 12, -16 }, { 12, 37, -43 }, { -16, -43, 98 } }).Solve([-68, -191, 364]),
            Is.EqualTo(new[] { 1.0, -2, 3 }).Within(1e-9));

    [Test]
    public void RefusesColumnsThatFollowFromOthers() =>
        Assert.That(() => new Cholesky(new double[,] { { 1, 1 }, { 1, 1 } }),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("Column 2 of 2 depends on the columns before it"));

    [Test]
    public void RefusesWhatIsNotANumber() =>
        Assert.That(() => new Cholesky(new double[,] { { double.NaN } }), Throws.TypeOf<SlipwayException>());
}
