using Slipway.Models.Penguins;
using Slipway.Registry;
using Slipway.Registry.Evaluation;
using Slipway.Trainer.Data;
using Slipway.Trainer.Evaluation;
using Slipway.Trainer.Export;
using Slipway.Trainer.Tests.Data;
using Slipway.Trainer.Tests.Job;
using Slipway.Trainer.Trainers;

namespace Slipway.Trainer.Tests.Models;

/// <summary>The example of a custom trainer, compared with predictions that can be calculated by hand.</summary>
public sealed class LinearDiscriminantAnalysisTests
{
    private static readonly float[][] Cloud = [[-1, 0], [1, 0], [0, -2], [0, 2]];

    [Test]
    public void LiesBetweenTwoCloudsWhereBothAreAsLikely()
    {
        // variances 1/2 and 2 around (0, 0) and (6, 0): log odds = 6 / 0.5 * (x - 3)
        var model = Fit(Clouds(Cloud, [0, 0], [6, 0]), shrinkage: 0);
        var answers = model.Predict(Rows([[3, 50], [3.1f, 0], [3.1f, -7]]));

        Assert.That(answers, Is.EqualTo(new[] { 0.5, 0.5, Odds(-1.2), Odds(1.2), Odds(-1.2), Odds(1.2) }).Within(1e-5));
    }

    [Test]
    public void WeighsClassesByHowManyThereAre()
    {
        // three clouds of the second class upon each other
        var model = Fit(Clouds(Cloud, [0, 0], [6, 0], [6, 0], [6, 0]), shrinkage: 0);

        Assert.That(model.Predict(Rows([[3, 0]])), Is.EqualTo(new[] { 0.25, 0.75 }).Within(1e-5));
    }

    [Test]
    public void TakesColumnsThatSayTheSameWithShrinkageOnly()
    {
        float[][] twice = [.. Cloud.Select(point => new[] { point[0], point[0] })];
        var rows = Clouds(twice, [0, 0], [6, 6]);

        Assert.That(() => Fit(rows, shrinkage: 0), Throws.TypeOf<SlipwayException>().With.Message.Contains("Increase the regularization"));
        Assert.That(Fit(rows, shrinkage: 0.1).Predict(Rows([[3, 3]])), Is.EqualTo(new[] { 0.5, 0.5 }).Within(1e-5));
    }

    [Test]
    public void LeavesAConstantColumnOutOfIt()
    {
        var rows = Clouds([.. Cloud.Select(point => new[] { point[0], 5f })], [0, 0], [6, 0]);

        Assert.That(Fit(rows, shrinkage: 0).Predict(Rows([[3.1f, 5]])), Is.EqualTo(new[] { Odds(-1.2), Odds(1.2) }).Within(1e-5));
    }

    [Test]
    public void ExportsWhatItPredicts()
    {
        var data = TrainingData.Of(SampleModels.Penguins);
        var model = data.Fit(ModelTrainers.All.For(data.Spec));
        using var scorer = new OnnxScorer(OnnxWriter.Write(model.ToOnnx(), []), model.ToOnnx().Output);

        foreach (var rows in data.Rows.All)
            Assert.That(ParityPolicy.Compare(model.Predict(rows), scorer.Score(rows), width: 3, threshold: null).Passed, Is.True);
    }

    [Test]
    public void DistinguishesPenguins()
    {
        var data = TrainingData.Of(SampleModels.Penguins);
        var scores = new MulticlassScores(data.Fit(ModelTrainers.All.For(data.Spec)).Predict(data.Rows.Holdout), data.Rows.Holdout.Labels);

        Assert.That(data.Spec.Trainer, Is.EqualTo(nameof(LinearDiscriminantAnalysis)));
        Assert.That(scores.Measure()[0], Is.GreaterThan(0.95));
    }

    private static double Odds(double logarithm) => 1 / (1 + Math.Exp(-logarithm));

    private static ITrainedModel Fit(EncodedRows rows, double shrinkage)
    {
        var trainer = new LinearDiscriminantAnalysis();
        var hyperparameters = HyperparameterSet.Resolve(
            "", trainer.Hyperparameters, new Dictionary<string, double> { ["shrinkage"] = shrinkage }, new Dictionary<string, string>());
        return trainer.Fit(new(rows, ["x", "y"], ["here", "there"], hyperparameters, 1));
    }

    /// <summary>The first center is of the first class, all others of the second.</summary>
    private static EncodedRows Clouds(float[][] cloud, params float[][] centers)
    {
        var rows = new EncodedRows(2, cloud.Length * centers.Length);
        for (var i = 0; i < centers.Length; i++)
            foreach (var point in cloud)
                rows.Add([centers[i][0] + point[0], centers[i][1] + point[1]], label: Math.Min(i, 1), rows.Count + 1);
        return rows;
    }

    private static EncodedRows Rows(float[][] features)
    {
        var rows = new EncodedRows(2, features.Length);
        foreach (var row in features)
            rows.Add(row, label: 0, rows.Count + 1);
        return rows;
    }
}
