using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;
using Slipway.Registry.Models;
using Slipway.Trainer.Export;
using Calibrated = Microsoft.ML.Calibrators.CalibratedModelParametersBase<
    Microsoft.ML.Trainers.LightGbm.LightGbmBinaryModelParameters, Microsoft.ML.Calibrators.PlattCalibrator>;

namespace Slipway.Trainer.Trainers.LightGbm;

public sealed class LightGbmBinary : LightGbmTrainer<LightGbmBinaryTrainer.Options, float, BinaryPredictionTransformer<Calibrated>, Calibrated>
{
    public LightGbmBinary() : this(LightGbmLibrary.Problem) { }

    internal LightGbmBinary(string? problem) : base(problem) { }

    public override ModelTask Task => ModelTask.Binary;

    public override IReadOnlyList<Hyperparameter> Hyperparameters => [.. base.Hyperparameters, new("weightOfPositiveExamples", 1, 1e-3, 1e3)];

    private protected override ITrainedModel Learn(FitRequest request, LightGbmBinaryTrainer.Options options)
    {
        options.WeightOfPositiveExamples = request.Hyperparameters["weightOfPositiveExamples"];
        var ml = new MLContext(request.Seed);
        var model = ml.BinaryClassification.Trainers.LightGbm(options).Fit(FeatureView.Binary(ml, request.Rows));
        return new TreeModel(
            [model.Model.SubModel.TrainedTreeEnsemble], request.Rows.Width, ScoreLink.Calibrated(model.Model.Calibrator),
            rows => FeatureView.Numbers(model.Transform(FeatureView.Binary(ml, rows)), FeatureView.Probability, rows.Count),
            scores => FeatureView.Probabilities(model.Model.Calibrator, scores));
    }
}
