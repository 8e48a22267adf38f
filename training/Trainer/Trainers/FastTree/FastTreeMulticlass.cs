using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Slipway.Registry.Models;
using Slipway.Trainer.Data;
using Slipway.Trainer.Export;

namespace Slipway.Trainer.Trainers.FastTree;

/// <summary>
/// Trees for each class against all others, one class after the other; their probabilities are normalized to a sum of 1.
/// ML.NET's own one-versus-all would do the same, but trains the first class twice and does not expose the trees.
/// </summary>
public sealed class FastTreeMulticlass : FastTreeTrainer
{
    public override ModelTask Task => ModelTask.Multiclass;

    // measured: what training one class leaves for the garbage collector while that of the next starts
    public override long EstimateBytes(FitSize size, HyperparameterSet hyperparameters) =>
        base.EstimateBytes(size, hyperparameters) + (size.Rows * size.Classes * 40L);

    public override ITrainedModel Fit(FitRequest request)
    {
        var ml = new MLContext(request.Seed);
        var trainer = ml.BinaryClassification.Trainers.FastTree(Options<FastTreeBinaryTrainer.Options>(request));
        ITransformer[] models = [.. request.Classes.Select((_, index) => trainer.Fit(FeatureView.Binary(ml, request.Rows, positive: index)))];
        var calibrated = models.Select(Calibrated).ToList();
        PlattCalibrator[] calibrators = [.. calibrated.Select(model => model.Calibrator)];
        return new TreeModel(
            [.. calibrated.Select(model => model.SubModel.TrainedTreeEnsemble)], request.Rows.Width, ScoreLink.OneVersusAll(calibrators),
            rows => Probabilities(calibrators, Scores(ml, models, rows)), scores => Probabilities(calibrators, scores));
    }

    private static CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator> Calibrated(ITransformer model) =>
        (CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>)
            ((BinaryPredictionTransformer<CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>>)model).Model;

    private static float[] Scores(MLContext ml, ITransformer[] models, EncodedRows rows)
    {
        var scores = new float[rows.Count * models.Length];
        for (var k = 0; k < models.Length; k++)
        {
            var ofClass = FeatureView.Numbers(models[k].Transform(FeatureView.Binary(ml, rows)), FeatureView.Score, rows.Count);
            for (var row = 0; row < rows.Count; row++)
                scores[(row * models.Length) + k] = ofClass[row];
        }

        return scores;
    }

    /// <param name="scores">Row after row, one for each class.</param>
    private static float[] Probabilities(PlattCalibrator[] calibrators, float[] scores)
    {
        var answers = new float[scores.Length];
        var logarithms = new double[calibrators.Length];
        for (var start = 0; start < scores.Length; start += calibrators.Length)
        {
            for (var k = 0; k < calibrators.Length; k++)
                logarithms[k] = LogProbability(calibrators[k], scores[start + k]);
            var largest = logarithms.Max();
            var sum = logarithms.Sum(logarithm => Math.Exp(logarithm - largest));
            for (var k = 0; k < calibrators.Length; k++)
                answers[start + k] = (float)(Math.Exp(logarithms[k] - largest) / sum);
        }

        return answers;
    }

    // of 1 / (1 + exp(x)), which is also 0 for a double if no class is likely
    private static double LogProbability(PlattCalibrator calibrator, float score)
    {
        var x = (calibrator.Slope * score) + calibrator.Offset;
        return x > 0 ? -x - Math.Log(1 + Math.Exp(-x)) : -Math.Log(1 + Math.Exp(x));
    }
}
