using System.Globalization;
using Slipway.Registry;

namespace Slipway.Trainer;

/// <summary>Refuses a fit that can not succeed before it takes the machine down with it.</summary>
public static class FitMemoryPolicy
{
    // labels, row numbers and one score from each of ML.NET and ONNX Runtime
    private const int BytesBesideFeatures = sizeof(bool) + sizeof(long) + (2 * sizeof(float));

    // measured: .NET, ML.NET and ONNX Runtime with next to no rows
    private const long BytesOfTheProcess = 130_000_000;

    /// <summary>Bytes of the process, of all encoded rows, and of the fit on the training rows.</summary>
    public static long Estimate(CandidateSource source, long rows, long trainingRows, int features) =>
        BytesOfTheProcess + (rows * ((sizeof(float) * (long)features) + BytesBesideFeatures)) + source.EstimateBytes(trainingRows, features);

    /// <exception cref="SlipwayException">It does not fit; the message says by how much.</exception>
    public static void Check(long estimate, long available, long rows, int features)
    {
        if (estimate > available)
            throw new SlipwayException(string.Create(CultureInfo.InvariantCulture,
                $"Training on {rows} rows with {features} features takes about {Gigabytes(estimate)}, but only {Gigabytes(available)} of memory is available. " +
                $"Use a machine with more memory, fewer rows, or fewer categories."));
        if (rows * features > Array.MaxLength)
            throw new SlipwayException($"{rows} rows with {features} features are more values than one job holds ({Array.MaxLength}). Use fewer rows, or fewer categories.");
    }

    private static string Gigabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB");
}
