using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers.FastTree;
using Slipway.Trainer.Data;
using Slipway.Trainer.Export;
using Slipway.Trainer.Trainers;

namespace Slipway.Trainer.Tests.Trainers;

public sealed class TreeModelTests
{
    private const int Rows = TreeModel.PredictedByMLNet + 500;

    private static readonly EncodedRows Data = Table();

    private int _predictedByMLNet;

    [SetUp]
    public void StartFresh() => _predictedByMLNet = 0;

    [Test]
    public void LetsMLNetPredictSomeOfManyRows()
    {
        var model = Model();

        Assert.That(model.Predict(Data), Is.EqualTo(model.PredictWithoutMLNet(Data)));
        Assert.That(_predictedByMLNet, Is.EqualTo(TreeModel.PredictedByMLNet));
    }

    [Test]
    public void LetsMLNetPredictAllRowsIfABitDiffers()
    {
        var model = Model(change: MathF.BitIncrement);

        Assert.That(model.Predict(Data), Is.EqualTo(model.PredictWithMLNet(Data)).And.Not.EqualTo(model.PredictWithoutMLNet(Data)));
        Assert.That(_predictedByMLNet, Is.EqualTo(TreeModel.PredictedByMLNet + (2 * Rows)));
    }

    [Test]
    public void LetsMLNetPredictAllOfFewRows()
    {
        var few = Data.Part(0, 100);

        Assert.That(Model().Predict(few), Has.Length.EqualTo(100));
        Assert.That(_predictedByMLNet, Is.EqualTo(100));
    }

    [Test]
    public void LetsMLNetPredictTreesWithMoreLeavesThanAMaskHasBits() => Assert.That(Model(leaves: 33).PredictWithoutMLNet(Data), Is.Null);

    private TreeModel Model(Func<float, float>? change = null, int leaves = 32)
    {
        var ml = new MLContext(1);
        var trained = ml.BinaryClassification.Trainers
            .FastTree(new FastTreeBinaryTrainer.Options { NumberOfTrees = 3, NumberOfLeaves = leaves, MinimumExampleCountPerLeaf = 5, NumberOfThreads = 1 }).Fit(FeatureView.Binary(ml, Data));
        var model = (CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>)trained.Model;
        return new(
            [model.SubModel.TrainedTreeEnsemble], Data.Width, ScoreLink.Calibrated(model.Calibrator),
            rows =>
            {
                Interlocked.Add(ref _predictedByMLNet, rows.Count);
                return FeatureView.Numbers(trained.Transform(FeatureView.Binary(ml, rows)), FeatureView.Probability, rows.Count);
            },
            scores => [.. FeatureView.Probabilities(model.Calibrator, scores).Select(change ?? (score => score))]);
    }

    private static EncodedRows Table()
    {
        var random = new Random(1);
        var rows = new EncodedRows(width: 3, Rows);
        for (var row = 0; row < Rows; row++)
        {
            float[] values = [random.NextSingle(), random.NextSingle(), random.NextSingle()];
            rows.Add(values, label: MathF.Sin(20 * values[0] * values[1]) + values[2] > 0.5f ? 1 : 0, row + 1);
        }

        return rows;
    }
}
