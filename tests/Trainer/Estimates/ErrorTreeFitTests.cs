using Slipway.Trainer.Data;
using Slipway.Trainer.Estimates;

namespace Slipway.Trainer.Tests.Estimates;

public sealed class ErrorTreeFitTests
{
    [Test]
    public void FindsWhereErrorsAreLarge()
    {
        var random = new Random(3);
        var rows = new EncodedRows(2, 2000);
        var predictions = new float[2000];
        for (var row = 0; row < 2000; row++)
        {
            var (quiet, noise) = ((float)random.NextDouble(), (float)random.NextDouble());
            // beyond 0.7, errors are ten times as large; the other feature means nothing
            var size = quiet > 0.7f ? 10f : 1f;
            rows.Add([quiet, noise], 100 + (size * (float)(random.NextDouble() - 0.5)), row + 1);
            predictions[row] = 100;
        }

        var tree = new ErrorTreeFit().Fit(rows, predictions);

        Assert.That(tree.Find([0.2f, 0.9f], 100).Absolute, Is.EqualTo(0.25).Within(0.1));
        Assert.That(tree.Find([0.9f, 0.1f], 100).Absolute, Is.EqualTo(2.5).Within(0.5));
        Assert.That(tree.Nodes[0].Feature, Is.Zero);
        Assert.That(tree.Nodes[0].Threshold, Is.EqualTo(0.7f).Within(0.02f));
        Assert.That(tree.Nodes, Has.Count.LessThan(64));
        Assert.That(new ErrorTreeFit().Fit(rows, predictions).Nodes, Is.EqualTo(tree.Nodes));
    }

    [Test]
    public void SplitsByThePredictionItself()
    {
        var random = new Random(3);
        var rows = new EncodedRows(1, 1000);
        var predictions = new float[1000];
        for (var row = 0; row < 1000; row++)
        {
            predictions[row] = (float)(random.NextDouble() * 100);
            rows.Add([1], predictions[row] + (predictions[row] > 50 ? 20 : 1), row + 1);
        }

        var tree = new ErrorTreeFit().Fit(rows, predictions);

        Assert.That(tree.Find([1f], 10).Absolute, Is.EqualTo(1).Within(1e-4));
        Assert.That(tree.Find([1f], 90).Absolute, Is.EqualTo(20).Within(1e-4));
    }

    [Test]
    public void FewRowsAreOneLeaf()
    {
        var rows = new EncodedRows(1, 3);
        for (var row = 0; row < 3; row++)
            rows.Add([row], row, row + 1);

        var tree = new ErrorTreeFit().Fit(rows, [1, 1, 1]);

        Assert.That(tree.Nodes, Has.Count.EqualTo(1));
        Assert.That((tree.Nodes[0].Absolute, tree.Nodes[0].Square), Is.EqualTo((2 / 3.0, 2 / 3.0)));
    }
}
