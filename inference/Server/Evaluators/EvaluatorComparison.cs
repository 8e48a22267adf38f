using System.Globalization;
using Slipway.Inference.Generations;
using Slipway.Registry.Models;

namespace Slipway.Inference.Evaluators;

/// <summary>Compares a compiled model with ONNX Runtime, which is the reference, on golden and generated rows.</summary>
/// <param name="rows">How many rows, if there is time for them.</param>
/// <param name="limit">After this, no further rows are compared.</param>
public sealed class EvaluatorComparison(int rows, TimeSpan limit, TimeProvider time)
{
    /// <summary>Rows of one run; so many are always compared.</summary>
    public const int Block = 256;

    /// <summary>How many were compared.</summary>
    public int Compared { get; private set; }

    /// <param name="reference">Evaluated by ONNX Runtime.</param>
    /// <returns>Where the two differ beyond the tolerance of the golden set, as a sentence; null if they do not.</returns>
    public string? Difference(CompiledModel compiled, ModelGeneration reference, GoldenSet golden, CancellationToken given)
    {
        var started = time.GetTimestamp();
        var generated = new ComparedRows(reference.Profile.Schema, golden, compiled);
        if (Compare(compiled, reference, golden, Math.Min(golden.Inputs.Count, Block), (row, at) => Copy(golden.Inputs[at], row), given) is { } difference)
            return difference;
        for (; Compared < rows && (Compared <= Block || time.GetElapsedTime(started) < limit);)
            if (Compare(compiled, reference, golden, Block, (row, _) => generated.Fill(row), given) is { } found)
                return found;
        return null;
    }

    private string? Compare(CompiledModel compiled, ModelGeneration reference, GoldenSet golden, int count, FillRow fill, CancellationToken given)
    {
        var batch = reference.Rent(count);
        try
        {
            for (var row = 0; row < count; row++)
                fill(batch.Input(row), row);
            batch.Run(given);
            var together = new float[batch.Outputs.Length];
            compiled.Run(batch.Inputs, together, count);
            var one = new float[reference.Profile.OutputWidth];
            for (var row = 0; row < count; row++)
            {
                var many = together.AsSpan(row * one.Length, one.Length);
                compiled.Run(batch.Input(row), one, 1);
                for (var i = 0; i < one.Length; i++)
                    if (!IsSame(one[i], many[i]) || !(IsSame(batch.Output(row)[i], one[i]) || golden.Accepts(batch.Output(row)[i], one[i])))
                        return string.Create(
                            CultureInfo.InvariantCulture, $"for row {Compared + row}, ONNX Runtime predicts {batch.Output(row)[i]:G9}, and the compiled model {one[i]:G9} alone and {many[i]:G9} among others");
            }

            Compared += count;
            return null;
        }
        finally
        {
            reference.Return(batch);
        }
    }

    // also infinities, and numbers that are none
    private static bool IsSame(float one, float other) => one.Equals(other);

    private static void Copy(IReadOnlyList<float> values, Span<float> row)
    {
        for (var i = 0; i < row.Length; i++)
            row[i] = values[i];
    }

    private delegate void FillRow(Span<float> row, int at);
}
