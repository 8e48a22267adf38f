using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;
using Slipway.Registry.Models;
using Slipway.Trainer.Export;

namespace Slipway.Trainer.Trainers.LightGbm;

/// <summary>Trees for each class, trained together: the softmax of their scores is the prediction.</summary>
public sealed class LightGbmMulticlass : LightGbmTrainer<
    LightGbmMulticlassTrainer.Options, VBuffer<float>, MulticlassPredictionTransformer<OneVersusAllModelParameters>, OneVersusAllModelParameters>
{
    public LightGbmMulticlass() : base(LightGbmLibrary.Problem) { }

    public override ModelTask Task => ModelTask.Multiclass;

    // measured: a gradient, a hessian and a score for each class of each row
    public override long EstimateBytes(FitSize size, HyperparameterSet hyperparameters) =>
        base.EstimateBytes(size, hyperparameters) + (size.Rows * size.Classes * 16L);

    private protected override ITrainedModel Learn(FitRequest request, LightGbmMulticlassTrainer.Options options)
    {
        var classes = request.Classes.Count;
        options.UseSoftmax = true; // by default, the number of rows decides
        var ml = new MLContext(request.Seed);
        var model = ml.MulticlassClassification.Trainers.LightGbm(options).Fit(FeatureView.Multiclass(ml, request.Rows, classes));
        return new TreeModel(
            [.. SubModels(model.Model).Select(Ensemble)], request.Rows.Width, ScoreLink.Softmax(classes),
            rows => FeatureView.Vectors(model.Transform(FeatureView.Multiclass(ml, rows, classes)), FeatureView.Score, rows.Count, classes),
            fromScores: null);
    }

    private static RegressionTreeEnsemble Ensemble(object model) =>
        ((CalibratedModelParametersBase<LightGbmBinaryModelParameters, PlattCalibrator>)model).SubModel.TrainedTreeEnsemble;

    // ML.NET has the trees of each class but does not expose them; the member name is that of the pinned version
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_SubModelParameters")]
    private static extern ImmutableArray<object> SubModels(OneVersusAllModelParameters model);
}
