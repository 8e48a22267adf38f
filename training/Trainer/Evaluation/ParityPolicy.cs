using System.Globalization;
using Slipway.Registry;
using Slipway.Registry.Evaluation;

namespace Slipway.Trainer.Evaluation;

/// <summary>The result of comparing an exported model with its original.</summary>
/// <param name="LargestExcess">The largest difference relative to the tolerance: up to 1 is acceptable.</param>
/// <param name="Flips">Decisions that differ farther from the threshold than rounding explains.</param>
public sealed record ParityReport(long Rows, double LargestDifference, double LargestExcess, long Flips)
{
    // written so that NaN fails
    public bool Passed => LargestExcess <= 1 && Flips == 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Rows} rows, largest difference {LargestDifference:0.0e+0} ({LargestExcess:0.0000} of the allowed), {Flips} decisions flipped");
}

/// <summary>Checks that the exported model is the model that was trained: ONNX Runtime compared with ML.NET, on every row.</summary>
public static class ParityPolicy
{
    public const double Tolerance = 1e-5;

    /// <summary>The unit of differences: 1 for probabilities, and the typical size of the predictions for a regression.</summary>
    /// <param name="width">Values per row.</param>
    /// <param name="threshold">For a binary model; null for others.</param>
    public static ParityReport Compare(ReadOnlySpan<float> original, ReadOnlySpan<float> exported, int width, double? threshold)
    {
        if (original.Length != exported.Length)
            throw new ArgumentException($"{original.Length} answers of the original for {exported.Length} of the export.");

        var rows = original.Length / width;
        var unit = width == 1 && threshold is null ? UsualSize(original) : 1;
        var (difference, excess) = (0.0, 0.0);
        for (var i = 0; i < original.Length; i++)
        {
            var allowed = Tolerance * Math.Max(unit, Math.Abs((double)original[i]));
            var distance = Math.Abs((double)original[i] - exported[i]);
            if (double.IsNaN(distance))
                return new(rows, double.NaN, double.NaN, 0);
            difference = Math.Max(difference, distance);
            excess = Math.Max(excess, distance / allowed);
        }

        return new(rows, difference, excess, Flips(original, exported, width, threshold));
    }

    /// <summary>
    /// The mean distance from 0. Predictions in thousandths of a liter cannot be compared to a thousandth of a liter, nor predictions of two million
    /// more precisely than their floats.
    /// </summary>
    public static double UsualSize(ReadOnlySpan<float> answers)
    {
        var sum = 0.0;
        foreach (var answer in answers)
            sum += Math.Abs((double)answer);
        return sum > 0 && double.IsFinite(sum) ? sum / answers.Length : 1;
    }

    /// <summary>Decisions that differ for reasons other than rounding. A regression makes no decisions.</summary>
    private static long Flips(ReadOnlySpan<float> original, ReadOnlySpan<float> exported, int width, double? threshold)
    {
        var flips = 0L;
        for (var start = 0; start < original.Length; start += width)
            if (width > 1)
                flips += DecidesOtherwise(original.Slice(start, width), exported.Slice(start, width)) ? 1 : 0;
            else if (threshold is { } limit && original[start] >= limit != exported[start] >= limit && Math.Abs(original[start] - limit) > Tolerance)
                flips++;
        return flips;
    }

    private static bool DecidesOtherwise(ReadOnlySpan<float> original, ReadOnlySpan<float> exported)
    {
        var (before, now) = (MulticlassScores.Decide(original), MulticlassScores.Decide(exported));
        return before != now && original[before] - original[now] > Tolerance;
    }

    /// <exception cref="SlipwayException">The export is not the model that was trained.</exception>
    public static void Check(ParityReport report)
    {
        if (!report.Passed)
            throw new SlipwayException(
                $"The exported ONNX model predicts differently from the trained model: {report}. Nothing was published. " +
                "This is a bug in the export: please report it with model.json and the library versions.");
    }
}
