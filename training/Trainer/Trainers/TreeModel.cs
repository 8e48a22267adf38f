using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers.FastTree;

namespace Slipway.Trainer;

/// <summary>Boosted trees with a calibrated probability, from either tree trainer.</summary>
internal sealed class TreeModel(MLContext ml, ITransformer model, RegressionTreeEnsemble trees, PlattCalibrator calibrator, int features) : ITrainedModel
{
    public RegressionTreeEnsemble Trees { get; } = trees;

    public OnnxGraph ToOnnx() => TreeEnsembleExporter.Export(Trees, calibrator, features);

    public float[] Predict(EncodedRows rows) => FeatureView.Probabilities(model, ml, rows);
}
