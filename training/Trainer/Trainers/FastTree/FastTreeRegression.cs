using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;
using Slipway.Registry.Models;
using Slipway.Trainer.Export;

namespace Slipway.Trainer.Trainers.FastTree;

public sealed class FastTreeRegression : FastTreeTrainer
{
    public override ModelTask Task => ModelTask.Regression;

    public override ITrainedModel Fit(FitRequest request)
    {
        var ml = new MLContext(request.Seed);
        var scale = LabelScale.Of(request.Rows);
        var model = ml.Regression.Trainers.FastTree(Options<FastTreeRegressionTrainer.Options>(request)).Fit(FeatureView.Regression(ml, request.Rows, scale));
        return new TreeModel(
            [model.Model.TrainedTreeEnsemble], request.Rows.Width, ScoreLink.Value(scale),
            rows => scale.Restore(FeatureView.Numbers(model.Transform(FeatureView.Regression(ml, rows, scale)), FeatureView.Score, rows.Count)),
            scale.Restore);
    }
}
