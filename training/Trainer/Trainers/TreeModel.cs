using System.Runtime.InteropServices;
using Microsoft.ML.Trainers.FastTree;
using Slipway.Trainer.Data;
using Slipway.Trainer.Export;

namespace Slipway.Trainer.Trainers;

/// <summary>Boosted trees from either tree trainer: one ensemble per output value.</summary>
/// <param name="predict">Predicts with ML.NET.</param>
/// <param name="fromScores">From the sums of the trees to predictions, as ML.NET computes them; null if only ML.NET does.</param>
internal sealed class TreeModel(
    IReadOnlyList<RegressionTreeEnsemble> ensembles, int features, ScoreLink link, Func<EncodedRows, float[]> predict, Func<float[], float[]>? fromScores) : ITrainedModel
{
    /// <summary>Rows that ML.NET itself always predicts.</summary>
    internal const int PredictedByMLNet = 2048;

    // many, because each is a data view of its own, and a copy of its rows
    private const int BatchSize = 1 << 15;

    private readonly TreeScores? _scores = fromScores is null ? null : TreeScores.Of(ensembles);

    public IEnumerable<RegressionTreeBase> Trees => ensembles.SelectMany(ensemble => ensemble.Trees);

    public OnnxGraph ToOnnx() => TreeEnsembleExporter.Export(ensembles, features, link);

    /// <summary>Of many rows, ML.NET predicts some; if all of these have the same bits without it, the others are predicted without it: docs/decisions/0071.</summary>
    public float[] Predict(EncodedRows rows)
    {
        if (_scores is null || rows.Count <= PredictedByMLNet)
            return PredictWithMLNet(rows);
        var some = rows.Spread(PredictedByMLNet);
        return HaveSameBits(PredictWithMLNet(some), PredictWithoutMLNet(some)!) ? PredictWithoutMLNet(rows)! : PredictWithMLNet(rows);
    }

    /// <returns>Null if only ML.NET can predict.</returns>
    internal float[]? PredictWithoutMLNet(EncodedRows rows) => _scores is null ? null : fromScores!(_scores.Score(rows));

    /// <summary>In batches on all cores: ML.NET predicts row by row on one.</summary>
    internal float[] PredictWithMLNet(EncodedRows rows)
    {
        var predictions = new float[rows.Count * ensembles.Count];
        RowBatches.InParallel(rows.Count, BatchSize, (start, count) => predict(rows.Part(start, count)).CopyTo(predictions, start * ensembles.Count));
        return predictions;
    }

    private static bool HaveSameBits(float[] one, float[] other) => MemoryMarshal.AsBytes<float>(one).SequenceEqual(MemoryMarshal.AsBytes<float>(other));
}
