using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.LightGbm;
using Slipway.Registry.Models;
using Slipway.Trainer.Export;

namespace Slipway.Trainer.Trainers.LightGbm;

public sealed class LightGbmRegression : LightGbmTrainer<
    LightGbmRegressionTrainer.Options, float, RegressionPredictionTransformer<LightGbmRegressionModelParameters>, LightGbmRegressionModelParameters>
{
    public LightGbmRegression() : base(LightGbmLibrary.Problem) { }

    public override ModelTask Task => ModelTask.Regression;

    private protected override ITrainedModel Learn(FitRequest request, LightGbmRegressionTrainer.Options options)
    {
        var ml = new MLContext(request.Seed);
        var scale = LabelScale.Of(request.Rows);
        var model = ml.Regression.Trainers.LightGbm(options).Fit(FeatureView.Regression(ml, request.Rows, scale));
        return new TreeModel(
            [model.Model.TrainedTreeEnsemble], request.Rows.Width, ScoreLink.Value(scale),
            rows => scale.Restore(FeatureView.Numbers(model.Transform(FeatureView.Regression(ml, rows, scale)), FeatureView.Score, rows.Count)),
            scale.Restore);
    }
}
