using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers.FastTree;
using Slipway.Registry.Models;
using Slipway.Trainer.Export;

namespace Slipway.Trainer.Trainers.FastTree;

public sealed class FastTreeBinary : FastTreeTrainer
{
    public override ModelTask Task => ModelTask.Binary;

    public override ITrainedModel Fit(FitRequest request)
    {
        var ml = new MLContext(request.Seed);
        var model = ml.BinaryClassification.Trainers.FastTree(Options<FastTreeBinaryTrainer.Options>(request)).Fit(FeatureView.Binary(ml, request.Rows));
        var calibrated = (CalibratedModelParametersBase<FastTreeBinaryModelParameters, PlattCalibrator>)model.Model;
        return new TreeModel(
            [calibrated.SubModel.TrainedTreeEnsemble], request.Rows.Width, ScoreLink.Calibrated(calibrated.Calibrator),
            rows => FeatureView.Numbers(model.Transform(FeatureView.Binary(ml, rows)), FeatureView.Probability, rows.Count),
            scores => FeatureView.Probabilities(calibrated.Calibrator, scores));
    }
}
