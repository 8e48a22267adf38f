using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Slipway.Inference.Evaluators;

/// <summary>
/// Trees of at most 32 leaves for many rows at once: every row begins with all leaves of a tree, each split removes those that it excludes, and the first that is
/// left is the one. No branch and no address depends on a row, so that a vector instruction does it for several rows.
/// </summary>
/// <param name="splitEnds">By tree.</param>
/// <param name="leaves">Their values, tree after tree.</param>
/// <param name="leafStarts">By tree.</param>
/// <param name="used">The features that have splits.</param>
public sealed class MaskedTrees(MaskedSplit[] splits, int[] splitEnds, float[] leaves, int[] leafStarts, int[] used)
{
    // four vectors at a time: their comparisons do not wait for each other
    private static readonly int Block = Vector<float>.Count * 4;

    public long Bytes => splits.Length * (long)Unsafe.SizeOf<MaskedSplit>() + (leaves.Length + splitEnds.Length + leafStarts.Length + used.Length) * (long)sizeof(float);

    /// <param name="fewest">Fewer rows than this are left at the end.</param>
    /// <returns>How many rows it has evaluated.</returns>
    public int Run(ReadOnlySpan<float> inputs, Span<float> scores, int rows, ScoredTrees[] targets, int fewest)
    {
        var features = inputs.Length / rows;
        var rented = ArrayPool<float>.Shared.Rent(Math.Max(1, used.Length) * Block);
        var columns = rented.AsSpan(0, used.Length * Block);
        Span<float> sums = stackalloc float[Block];
        Span<int> left = stackalloc int[Block];
        var row = 0;
        for (; rows - row >= fewest; row = Math.Min(rows, row + Block))
        {
            var count = Math.Min(Block, rows - row);
            Transpose(inputs.Slice(row * features, count * features), columns, count, features);
            foreach (var target in targets)
            {
                sums.Clear();
                Add(target.First, target.End, columns, sums, left);
                for (var i = 0; i < count; i++)
                    scores[(row + i) * targets.Length + target.Target] = sums[i] + target.Base;
            }
        }

        ArrayPool<float>.Shared.Return(rented);
        return row;
    }

    // rows that do not exist are as the ones before them in the array were: their sums are not read
    private void Transpose(ReadOnlySpan<float> rows, Span<float> columns, int count, int features)
    {
        for (var column = 0; column < used.Length; column++)
        {
            var at = used[column];
            var target = columns.Slice(column * Block, count);
            for (var i = 0; i < target.Length; i++, at += features)
                target[i] = rows[at];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(int first, int end, ReadOnlySpan<float> columns, Span<float> sums, Span<int> left)
    {
        var width = Vector<float>.Count;
        ref var x = ref MemoryMarshal.GetReference(columns);
        ref var sum = ref MemoryMarshal.GetReference(sums);
        ref var bits = ref MemoryMarshal.GetReference(left);
        var split = first == 0 ? 0 : splitEnds[first - 1];
        for (var tree = first; tree < end; tree++)
        {
            var (a, b, c, d) = (Vector<int>.AllBitsSet, Vector<int>.AllBitsSet, Vector<int>.AllBitsSet, Vector<int>.AllBitsSet);
            for (var last = splitEnds[tree]; split < last; split++)
            {
                ref readonly var next = ref splits[split];
                var threshold = new Vector<float>(next.Threshold);
                var mask = new Vector<int>(next.Mask);
                ref var column = ref Unsafe.Add(ref x, next.Column * 4 * width);
                // not a number is not below the threshold
                a &= Vector.LessThanOrEqual(Vector.LoadUnsafe(ref column), threshold) | mask;
                b &= Vector.LessThanOrEqual(Vector.LoadUnsafe(ref column, (nuint)width), threshold) | mask;
                c &= Vector.LessThanOrEqual(Vector.LoadUnsafe(ref column, (nuint)(2 * width)), threshold) | mask;
                d &= Vector.LessThanOrEqual(Vector.LoadUnsafe(ref column, (nuint)(3 * width)), threshold) | mask;
            }

            a.StoreUnsafe(ref bits);
            b.StoreUnsafe(ref bits, (nuint)width);
            c.StoreUnsafe(ref bits, (nuint)(2 * width));
            d.StoreUnsafe(ref bits, (nuint)(3 * width));
            ref var leaf = ref leaves[leafStarts[tree]];
            for (var i = 0; i < 4 * width; i++)
                Unsafe.Add(ref sum, i) += Unsafe.Add(ref leaf, BitOperations.TrailingZeroCount(Unsafe.Add(ref bits, i)));
        }
    }
}
