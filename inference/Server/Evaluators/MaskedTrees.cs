using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Slipway.Inference.Evaluators;

/// <summary>
/// Trees for many rows at once: every row begins with all leaves of a tree, each split removes those that it excludes, and the first that is left is the one. No branch
/// and no address depends on a row, so that a vector instruction does it for several rows. A mask has the leaves of one part of a tree, with the splits that remove
/// any of them.
/// </summary>
/// <param name="partEnds">By tree.</param>
/// <param name="splitEnds">By part; of a tree, the last part comes first.</param>
/// <param name="leaves">Their values, tree after tree.</param>
/// <param name="leafStarts">By part.</param>
/// <param name="used">The features that have splits.</param>
public sealed class MaskedTrees(MaskedSplit[] splits, int[] partEnds, int[] splitEnds, float[] leaves, int[] leafStarts, int[] used)
{
    /// <summary>As many as a mask has bits.</summary>
    public const int LeavesInPart = 32;

    // four vectors at a time: their comparisons do not wait for each other
    private static readonly int Block = Vector<float>.Count * 4;

    public long Bytes => splits.Length * (long)Unsafe.SizeOf<MaskedSplit>() + (leaves.Length + partEnds.Length + splitEnds.Length + leafStarts.Length + used.Length) * (long)sizeof(float);

    /// <param name="fewest">Fewer rows than this are left at the end.</param>
    /// <returns>How many rows it has evaluated.</returns>
    public int Run(ReadOnlySpan<float> inputs, Span<float> scores, int rows, ScoredTrees[] targets, int fewest)
    {
        var features = inputs.Length / rows;
        var rented = ArrayPool<float>.Shared.Rent(Math.Max(1, used.Length) * Block);
        var columns = rented.AsSpan(0, used.Length * Block);
        Span<float> sums = stackalloc float[Block];
        Span<int> left = stackalloc int[Block];
        Span<int> found = stackalloc int[Block];
        var row = 0;
        for (; rows - row >= fewest; row = Math.Min(rows, row + Block))
        {
            var count = Math.Min(Block, rows - row);
            Transpose(inputs.Slice(row * features, count * features), columns, count, features);
            foreach (var target in targets)
            {
                sums.Clear();
                Add(target.First, target.End, columns, sums, left, found);
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
    private void Add(int first, int end, ReadOnlySpan<float> columns, Span<float> sums, Span<int> left, Span<int> found)
    {
        ref var x = ref MemoryMarshal.GetReference(columns);
        ref var sum = ref MemoryMarshal.GetReference(sums);
        ref var bits = ref MemoryMarshal.GetReference(left);
        ref var at = ref MemoryMarshal.GetReference(found);
        ref var value = ref MemoryMarshal.GetArrayDataReference(leaves);
        var block = 4 * Vector<float>.Count;
        var part = first == 0 ? 0 : partEnds[first - 1];
        var split = part == 0 ? 0 : splitEnds[part - 1];
        for (var tree = first; tree < end; tree++)
        {
            var isOne = part + 1 == partEnds[tree];
            for (; part < partEnds[tree]; part++)
            {
                split = Reduce(split, splitEnds[part], ref x, ref bits);
                var start = leafStarts[part];
                for (var i = 0; i < block; i++)
                {
                    var mask = Unsafe.Add(ref bits, i);
                    var leaf = start + BitOperations.TrailingZeroCount(mask);
                    if (isOne)
                        Unsafe.Add(ref sum, i) += Unsafe.Add(ref value, leaf);
                    else
                        Unsafe.Add(ref at, i) = mask == 0 ? Unsafe.Add(ref at, i) : leaf;
                }
            }

            for (var i = 0; i < block && !isOne; i++)
                Unsafe.Add(ref sum, i) += Unsafe.Add(ref value, Unsafe.Add(ref at, i));
        }
    }

    /// <summary>Removes from all leaves of a part, for each row, those that its splits exclude.</summary>
    /// <returns>The split after its last.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Reduce(int split, int end, ref float x, ref int bits)
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

        a.StoreUnsafe(ref bits);
        b.StoreUnsafe(ref bits, (nuint)width);
        c.StoreUnsafe(ref bits, (nuint)(2 * width));
        d.StoreUnsafe(ref bits, (nuint)(3 * width));
        return split;
    }
}
