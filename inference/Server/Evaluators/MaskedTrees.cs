using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Slipway.Inference.Evaluators;

/// <summary>
/// Trees of at most 64 leaves for many rows at once: every row begins with all leaves of a tree, each split removes those that it excludes, and the first that is
/// left is the one. No branch and no address depends on a row, so that a vector instruction does it for several rows. A mask has half of the leaves that a tree may
/// have, and is reduced by the splits that remove any of these.
/// </summary>
/// <param name="maskEnds">By tree: one mask or two.</param>
/// <param name="splitEnds">By mask.</param>
/// <param name="leaves">Their values, tree after tree.</param>
/// <param name="leafStarts">By tree.</param>
/// <param name="used">The features that have splits.</param>
public sealed class MaskedTrees(MaskedSplit[] splits, int[] maskEnds, int[] splitEnds, float[] leaves, int[] leafStarts, int[] used)
{
    public const int LeavesOfMask = 32;
    public const int MaxLeaves = 2 * LeavesOfMask;

    // four vectors at a time: their comparisons do not wait for each other
    private static readonly int Block = Vector<float>.Count * 4;

    public long Bytes => splits.Length * (long)Unsafe.SizeOf<MaskedSplit>() + (leaves.Length + maskEnds.Length + splitEnds.Length + leafStarts.Length + used.Length) * (long)sizeof(float);

    /// <param name="fewest">Fewer rows than this are left at the end.</param>
    /// <returns>How many rows it has evaluated.</returns>
    public int Run(ReadOnlySpan<float> inputs, Span<float> scores, int rows, ScoredTrees[] targets, int fewest)
    {
        var features = inputs.Length / rows;
        var rented = ArrayPool<float>.Shared.Rent(Math.Max(1, used.Length) * Block);
        var columns = rented.AsSpan(0, used.Length * Block);
        Span<float> sums = stackalloc float[Block];
        Span<uint> left = stackalloc uint[2 * Block];
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
    private void Add(int first, int end, ReadOnlySpan<float> columns, Span<float> sums, Span<uint> left)
    {
        var block = 4 * Vector<float>.Count;
        ref var x = ref MemoryMarshal.GetReference(columns);
        ref var sum = ref MemoryMarshal.GetReference(sums);
        ref var low = ref MemoryMarshal.GetReference(left);
        ref var high = ref Unsafe.Add(ref low, block);
        var mask = first == 0 ? 0 : maskEnds[first - 1];
        var split = mask == 0 ? 0 : splitEnds[mask - 1];
        for (var tree = first; tree < end; tree++)
        {
            ref var leaf = ref leaves[leafStarts[tree]];
            split = Reduce(split, splitEnds[mask++], ref x, ref low);
            if (mask == maskEnds[tree])
            {
                for (var i = 0; i < block; i++)
                    Unsafe.Add(ref sum, i) += Unsafe.Add(ref leaf, BitOperations.TrailingZeroCount(Unsafe.Add(ref low, i)));
                continue;
            }

            split = Reduce(split, splitEnds[mask++], ref x, ref high);
            for (var i = 0; i < block; i++)
                Unsafe.Add(ref sum, i) += Unsafe.Add(ref leaf, BitOperations.TrailingZeroCount(Unsafe.Add(ref low, i) | ((ulong)Unsafe.Add(ref high, i) << LeavesOfMask)));
        }
    }

    /// <summary>Removes from all leaves of a mask, for each row, those that its splits exclude.</summary>
    /// <returns>The split after its last.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Reduce(int split, int end, ref float x, ref uint bits)
    {
        var width = Vector<float>.Count;
        var (a, b, c, d) = (Vector<int>.AllBitsSet, Vector<int>.AllBitsSet, Vector<int>.AllBitsSet, Vector<int>.AllBitsSet);
        for (; split < end; split++)
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

        Vector.AsVectorUInt32(a).StoreUnsafe(ref bits);
        Vector.AsVectorUInt32(b).StoreUnsafe(ref bits, (nuint)width);
        Vector.AsVectorUInt32(c).StoreUnsafe(ref bits, (nuint)(2 * width));
        Vector.AsVectorUInt32(d).StoreUnsafe(ref bits, (nuint)(3 * width));
        return split;
    }
}
