using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Slipway.Inference.Evaluators;

/// <summary>
/// Sums of trees, without an interpreter. A single row walks eight trees at a time through one array, without a branch that depends on the row. Many rows are
/// compared with each split at once, by <see cref="MaskedTrees"/>. The values are added up in the order of the file, as ONNX Runtime does. Thread-safe.
/// </summary>
/// <param name="values">By node; of leaves.</param>
/// <param name="depths">By tree: the number of steps to its deepest leaf.</param>
/// <param name="masks">Null if a tree has too many leaves for it.</param>
public sealed class TreeEnsemble(TreeNode[] nodes, float[] values, int[] roots, int[] depths, ScoredTrees[] targets, MaskedTrees? masks) : ScoreStep
{
    // fewer do not fill a block, which takes as long for one row as for all of its rows
    private const int RowsForMasks = 8;

    public override int Width => targets.Length;

    public override long Bytes => nodes.Length * (long)(Unsafe.SizeOf<TreeNode>() + sizeof(float)) + roots.Length * 2L * sizeof(int) + (masks?.Bytes ?? 0);

    /// <summary>Whether many rows are evaluated at a time.</summary>
    public bool HasMasks => masks is not null;

    public override IEnumerable<(int Feature, float Threshold)> Splits => nodes.Where(node => !node.IsLeaf).Select(node => ((int)node.Feature, node.Threshold));

    public override void Run(ReadOnlySpan<float> inputs, Span<float> scores, int rows)
    {
        var features = inputs.Length / rows;
        var row = masks is not null && rows >= RowsForMasks ? masks.Run(inputs, scores, rows, targets, RowsForMasks) : 0;
        for (; row < rows; row++)
            RunRow(inputs.Slice(row * features, features), scores.Slice(row * Width, Width));
    }

    private void RunRow(ReadOnlySpan<float> row, Span<float> scores)
    {
        foreach (var target in targets)
            scores[target.Target] = Sum(row, target.First, target.End) + target.Base;
    }

    // optimized at once: a model that was just swapped in must not be slow until its code is compiled again
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float Sum(ReadOnlySpan<float> row, int first, int end)
    {
        const int together = 8;
        var sum = 0f;
        ref var node = ref MemoryMarshal.GetArrayDataReference(nodes);
        ref var value = ref MemoryMarshal.GetArrayDataReference(values);
        ref var x = ref MemoryMarshal.GetReference(row);
        var tree = first;
        for (; tree + together <= end; tree += together)
        {
            nint a = roots[tree], b = roots[tree + 1], c = roots[tree + 2], d = roots[tree + 3], e = roots[tree + 4], f = roots[tree + 5], g = roots[tree + 6], h = roots[tree + 7];
            var steps = 0;
            foreach (var depth in depths.AsSpan(tree, together))
                steps = Math.Max(steps, depth);
            for (; steps > 0; steps--)
            {
                a += Step(ref node, ref x, a);
                b += Step(ref node, ref x, b);
                c += Step(ref node, ref x, c);
                d += Step(ref node, ref x, d);
                e += Step(ref node, ref x, e);
                f += Step(ref node, ref x, f);
                g += Step(ref node, ref x, g);
                h += Step(ref node, ref x, h);
            }

            sum += Unsafe.Add(ref value, a);
            sum += Unsafe.Add(ref value, b);
            sum += Unsafe.Add(ref value, c);
            sum += Unsafe.Add(ref value, d);
            sum += Unsafe.Add(ref value, e);
            sum += Unsafe.Add(ref value, f);
            sum += Unsafe.Add(ref value, g);
            sum += Unsafe.Add(ref value, h);
        }

        for (; tree < end; tree++)
        {
            nint at = roots[tree];
            for (var steps = depths[tree]; steps > 0; steps--)
                at += Step(ref node, ref x, at);
            sum += Unsafe.Add(ref value, at);
        }

        return sum;
    }

    // how far the next node is: 0 at a leaf, whose threshold no value is below
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Step(ref TreeNode first, ref float x, nint at)
    {
        ref var node = ref Unsafe.Add(ref first, at);
        return (nint)node.Step + (Unsafe.Add(ref x, (nint)node.Feature) <= node.Threshold ? 1 : 0);
    }
}
