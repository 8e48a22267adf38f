using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;
using Slipway.Registry.Models;
using Slipway.Trainer.Data;
using Slipway.Trainer.Export;

namespace Slipway.Trainer.Trainers.Linear;

/// <summary>Maximum entropy, also called multinomial logistic regression: a linear model per class, and the softmax of their scores.</summary>
public sealed class LinearMulticlass : LbfgsTrainer<
    LbfgsMaximumEntropyMulticlassTrainer.Options, MulticlassPredictionTransformer<MaximumEntropyModelParameters>, MaximumEntropyModelParameters>
{
    public override ModelTask Task => ModelTask.Multiclass;

    public override ITrainedModel Fit(FitRequest request)
    {
        var ml = new MLContext(request.Seed);
        var classes = request.Classes.Count;
        var trainer = ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(Options(request.Hyperparameters));
        return new Model(ml, Normalizer(ml).Append(trainer).Fit(FeatureView.Multiclass(ml, request.Rows, classes)), classes);
    }

    private sealed class Model(
        MLContext ml, TransformerChain<MulticlassPredictionTransformer<MaximumEntropyModelParameters>> chain, int classes) : ITrainedModel
    {
        public OnnxGraph ToOnnx()
        {
            var (offset, scale) = Normalization(chain.OfType<NormalizingTransformer>().Single());
            VBuffer<float>[]? lines = null;
            chain.LastTransformer.Model.GetWeights(ref lines!, out _);
            var weights = new float[offset.Length * classes];
            for (var k = 0; k < classes; k++)
                foreach (var (feature, weight) in lines[k].Items())
                    weights[(feature * classes) + k] = weight;
            return LinearExporter.Export(offset, scale, weights, [.. chain.LastTransformer.Model.GetBiases()], ScoreLink.Softmax(classes));
        }

        public float[] Predict(EncodedRows rows) =>
            FeatureView.Vectors(chain.Transform(FeatureView.Multiclass(ml, rows, classes)), FeatureView.Score, rows.Count, classes);
    }
}
