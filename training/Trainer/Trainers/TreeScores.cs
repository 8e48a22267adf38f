using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.ML.Trainers.FastTree;
using Slipway.Trainer.Data;

namespace Slipway.Trainer.Trainers;

/// <summary>
/// The sums that boosted trees predict from, several times as fast as ML.NET computes them, by the same additions in the same order: for several rows at once, each
/// split removes the leaves that a row cannot reach any more, and the first that remains is the row's (C. Lucchese et al., QuickScorer, SIGIR 2015).
/// </summary>
internal sealed class TreeScores
{
    private const int MaxLeaves = 32; // the bits of a mask
    private const int BlockSize = 256; // of rows, whose features are in the cache together
    private const int BatchSize = 1 << 12;

    private readonly Tree[][] _ensembles;
    private readonly double[] _biases;

    private TreeScores(IReadOnlyList<RegressionTreeEnsemble> ensembles)
    {
        _ensembles = [.. ensembles.Select(ensemble => ensemble.Trees.Select((tree, number) => Tree.Of(tree, ensemble.TreeWeights[number])).ToArray())];
        _biases = [.. ensembles.Select(ensemble => ensemble.Bias)];
    }

    /// <returns>Null if there is a tree that is larger, has no split, or splits in another way.</returns>
    public static TreeScores? Of(IReadOnlyList<RegressionTreeEnsemble> ensembles) =>
        ensembles.All(ensemble => ensemble.Trees.All(tree => tree.NumberOfLeaves is > 1 and <= MaxLeaves && !tree.CategoricalSplitFlags.Contains(true))) ? new(ensembles) : null;

    /// <returns>A score for each ensemble, row after row.</returns>
    public float[] Score(EncodedRows rows)
    {
        var scores = new float[rows.Count * _ensembles.Length];
        RowBatches.InParallel(rows.Count, BatchSize, (start, count) =>
        {
            var (features, sums) = (new float[rows.Width * BlockSize], new double[BlockSize]);
            for (var first = start; first < start + count; first += BlockSize)
                ScoreBlock(rows, first, Math.Min(BlockSize, start + count - first), features, sums, scores);
        });
        return scores;
    }

    private void ScoreBlock(EncodedRows rows, int first, int count, float[] features, double[] sums, float[] scores)
    {
        // column by column, so that one feature of several rows is one vector
        for (var row = 0; row < count; row++)
        {
            var values = rows.Row(first + row);
            for (var feature = 0; feature < values.Length; feature++)
                features[(feature * BlockSize) + row] = values[feature];
        }

        for (var number = 0; number < _ensembles.Length; number++)
        {
            Array.Clear(sums);
            foreach (var tree in _ensembles[number])
                tree.AddTo(sums, features, count);
            for (var row = 0; row < count; row++)
                scores[((first + row) * _ensembles.Length) + number] = (float)(sums[row] + _biases[number]);
        }
    }

    /// <param name="Columns">For each split, where its feature begins in a block.</param>
    /// <param name="Kept">For each split, the leaves that a row can still reach whose value is above the threshold: all but those below it on the left.</param>
    /// <param name="Leaves">From left to right.</param>
    private sealed record Tree(int[] Columns, float[] Thresholds, uint[] Kept, double[] Leaves)
    {
        public static Tree Of(RegressionTreeBase tree, double weight)
        {
            var (columns, thresholds, kept, leaves) = (new List<int>(), new List<float>(), new List<uint>(), new List<double>());
            Visit(0);
            return new([.. columns], [.. thresholds], [.. kept], [.. leaves]);

            // the leaves below it, as a mask
            uint Visit(int node)
            {
                if (node < 0)
                {
                    leaves.Add(tree.LeafValues[~node] * weight);
                    return 1u << (leaves.Count - 1);
                }

                var left = Visit(tree.LeftChild[node]);
                columns.Add(tree.NumericalSplitFeatureIndexes[node] * BlockSize);
                thresholds.Add(tree.NumericalSplitThresholds[node]);
                kept.Add(~left);
                return left | Visit(tree.RightChild[node]);
            }
        }

        public void AddTo(double[] sums, float[] features, int count)
        {
            Span<uint> reached = stackalloc uint[Vector<uint>.Count];
            ref var block = ref MemoryMarshal.GetArrayDataReference(features);
            for (var row = 0; row < count; row += reached.Length)
            {
                var mask = Vector<uint>.AllBitsSet;
                for (var split = 0; split < Kept.Length; split++)
                {
                    var isLeft = Vector.LessThanOrEqual(Vector.LoadUnsafe(ref block, (nuint)(Columns[split] + row)), new Vector<float>(Thresholds[split]));
                    mask &= Vector.AsVectorUInt32(isLeft) | new Vector<uint>(Kept[split]);
                }

                mask.CopyTo(reached);
                for (var i = 0; i < reached.Length; i++)
                    sums[row + i] += Leaves[BitOperations.TrailingZeroCount(reached[i])];
            }
        }
    }
}
