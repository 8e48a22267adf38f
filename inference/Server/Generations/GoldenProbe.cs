using System.Globalization;
using Slipway.Registry.Models;

namespace Slipway.Inference.Generations;

/// <summary>
/// Verifies a loaded model on the trainer's own rows. Loading proves nothing: a model with a flipped byte in its weights, or with weights
/// that are not numbers, loads and runs without an error.
/// </summary>
public static class GoldenProbe
{
    private const int WarmUpRuns = 5;

    /// <param name="given">Cancelled when nobody waits for the verification any more.</param>
    /// <exception cref="ModelRejectedException">A prediction is not finite or differs from the trainer's, or the golden set is unusable.</exception>
    public static void Prove(ModelGeneration generation, GoldenSet golden, CancellationToken given)
    {
        var profile = generation.Profile;
        if (golden.Flaw is { } flaw)
            throw new ModelRejectedException(flaw);

        CheckEncoding(profile, golden);
        var batch = generation.Rent(golden.Inputs.Count);
        try
        {
            for (var row = 0; row < golden.Inputs.Count; row++)
                Copy(golden.Inputs[row], batch.Input(row), row, "input");
            batch.Run(given);
            for (var row = 0; row < golden.Outputs.Count; row++)
                Compare(golden, batch.Output(row), row);
        }
        finally
        {
            generation.Return(batch);
        }
    }

    /// <summary>Runs every expected batch size: the first run of a shape is several times slower than the rest.</summary>
    /// <param name="given">Cancelled when nobody waits for the verification any more.</param>
    public static void WarmUp(ModelGeneration generation, GoldenSet golden, CancellationToken given)
    {
        foreach (var size in BatchSizes.WarmUp)
        {
            var batch = generation.Rent(size);
            try
            {
                for (var row = 0; row < size; row++)
                    Copy(golden.Inputs[row % golden.Inputs.Count], batch.Input(row), row, "input");
                for (var run = 0; run < WarmUpRuns; run++)
                {
                    given.ThrowIfCancellationRequested();
                    batch.Run(given);
                }
            }
            finally
            {
                generation.Return(batch);
            }
        }
    }

    private static void CheckEncoding(ModelProfile profile, GoldenSet golden)
    {
        var encoder = profile.Encoder;
        var encoded = new float[encoder.Width];
        for (var row = 0; row < Math.Min(golden.Records.Count, golden.Inputs.Count); row++)
        {
            Array.Clear(encoded);
            for (var column = 0; column < encoder.ColumnCount; column++)
                encoder.Encode(column, golden.Records[row].GetValueOrDefault(encoder.Column(column).Name), encoded);
            if (!encoded.AsSpan().SequenceEqual([.. golden.Inputs[row]]))
                throw new ModelRejectedException($"This server encodes golden row {row} differently from the trainer: its predictions for raw values would be wrong.");
        }
    }

    private static void Copy(IReadOnlyList<float> values, Span<float> row, int number, string kind)
    {
        if (values.Count != row.Length)
            throw new ModelRejectedException($"Golden {kind} {number} has {values.Count} values, but the schema has {row.Length}.");
        for (var i = 0; i < row.Length; i++)
            row[i] = values[i];
    }

    private static void Compare(GoldenSet golden, ReadOnlySpan<float> got, int row)
    {
        var expected = golden.Outputs[row];
        if (expected.Count != got.Length)
            throw new ModelRejectedException($"Golden output {row} has {expected.Count} values, but the schema has {got.Length}.");
        for (var i = 0; i < got.Length; i++)
        {
            if (!float.IsFinite(got[i]))
                throw new ModelRejectedException($"The model predicts {Text(got[i])} for golden row {row}, which is not a finite number.");

            if (!golden.Accepts(expected[i], got[i]))
                throw new ModelRejectedException(
                    $"The model predicts {Text(got[i])} for golden row {row}, but the trainer got {Text(expected[i])} (tolerance {Text(golden.Tolerance)}).");
        }
    }

    private static string Text(double value) => value.ToString("G9", CultureInfo.InvariantCulture);
}
