using Microsoft.ML.Trainers.FastTree;
using Slipway.Trainer.Data;
using Slipway.Trainer.Export;

namespace Slipway.Trainer.Trainers;

/// <summary>Boosted trees from either tree trainer: one ensemble per output value.</summary>
/// <param name="predict">Predicts with ML.NET.</param>
internal sealed class TreeModel(
    IReadOnlyList<RegressionTreeEnsemble> ensembles, int features, ScoreLink link, Func<EncodedRows, float[]> predict) : ITrainedModel
{
    // many, because each is a data view of its own, and a copy of its rows
    private const int BatchSize = 1 << 15;

    public IEnumerable<RegressionTreeBase> Trees => ensembles.SelectMany(ensemble => ensemble.Trees);

    public OnnxGraph ToOnnx() => TreeEnsembleExporter.Export(ensembles, features, link);

    /// <summary>In batches on all cores: ML.NET predicts row by row on one.</summary>
    public float[] Predict(EncodedRows rows)
    {
        var predictions = new float[rows.Count * ensembles.Count];
        RowBatches.InParallel(rows.Count, BatchSize, (start, count) => predict(rows.Part(start, count)).CopyTo(predictions, start * ensembles.Count));
        return predictions;
    }
}
