using Microsoft.ML.Trainers.FastTree;
using Slipway.Trainer.Data;
using Slipway.Trainer.Export;

namespace Slipway.Trainer.Trainers;

/// <summary>Boosted trees from either tree trainer: one ensemble per output value.</summary>
/// <param name="predict">Predicts with ML.NET.</param>
internal sealed class TreeModel(
    IReadOnlyList<RegressionTreeEnsemble> ensembles, int features, ScoreLink link, Func<EncodedRows, float[]> predict) : ITrainedModel
{
    public IEnumerable<RegressionTreeBase> Trees => ensembles.SelectMany(ensemble => ensemble.Trees);

    public OnnxGraph ToOnnx() => TreeEnsembleExporter.Export(ensembles, features, link);

    public float[] Predict(EncodedRows rows) => predict(rows);
}
