using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;
using Slipway.Registry.Models;
using Slipway.Trainer.Data;
using Slipway.Trainer.Export;
using Calibrated = Microsoft.ML.Calibrators.CalibratedModelParametersBase<
    Microsoft.ML.Trainers.LinearBinaryModelParameters, Microsoft.ML.Calibrators.PlattCalibrator>;

namespace Slipway.Trainer.Trainers.Linear;

/// <summary>Logistic regression.</summary>
public sealed class LinearBinary : LbfgsTrainer<LbfgsLogisticRegressionBinaryTrainer.Options, BinaryPredictionTransformer<Calibrated>, Calibrated>
{
    public override ModelTask Task => ModelTask.Binary;

    public override ITrainedModel Fit(FitRequest request)
    {
        var ml = new MLContext(request.Seed);
        var trainer = ml.BinaryClassification.Trainers.LbfgsLogisticRegression(Options(request.Hyperparameters));
        return new Model(ml, Normalizer(ml).Append(trainer).Fit(FeatureView.Binary(ml, request.Rows)));
    }

    private sealed class Model(MLContext ml, TransformerChain<BinaryPredictionTransformer<Calibrated>> chain) : ITrainedModel
    {
        public OnnxGraph ToOnnx()
        {
            var (offset, scale) = Normalization(chain.OfType<NormalizingTransformer>().Single());
            var model = chain.LastTransformer.Model;
            return LinearExporter.Export(offset, scale, [.. model.SubModel.Weights], [model.SubModel.Bias], ScoreLink.Calibrated(model.Calibrator));
        }

        public float[] Predict(EncodedRows rows) =>
            FeatureView.Numbers(chain.Transform(FeatureView.Binary(ml, rows)), FeatureView.Probability, rows.Count);
    }
}
