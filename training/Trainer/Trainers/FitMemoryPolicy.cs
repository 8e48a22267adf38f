using System.Globalization;
using Slipway.Registry;
using Slipway.Trainer.Candidates;

namespace Slipway.Trainer.Trainers;

/// <summary>Rejects a fit that cannot succeed before it brings the machine down.</summary>
public static class FitMemoryPolicy
{
    // a label, the row's number, and the same prediction from ML.NET and from ONNX Runtime
    private const int BytesOfARow = sizeof(float) + sizeof(long);
    private const int BytesOfAnAnswer = 2 * sizeof(float);

    // measured: .NET, ML.NET, ONNX Runtime and the plots with almost no rows
    private const long BytesOfTheProcess = 150_000_000;

    /// <summary>The bytes of the process, of all encoded rows, and of the fit on the training rows.</summary>
    /// <param name="rows">On all sides.</param>
    public static long Estimate(CandidateSource source, long rows, FitSize training) =>
        BytesOfTheProcess
        + (rows * ((sizeof(float) * (long)training.Features) + BytesOfARow + (BytesOfAnAnswer * training.OutputWidth)))
        + source.EstimateBytes(training);

    /// <exception cref="SlipwayException">There is not enough memory; the message says how much is missing.</exception>
    public static void Check(long estimate, long available, long rows, int features)
    {
        if (estimate > available)
            throw new SlipwayException(string.Create(CultureInfo.InvariantCulture,
                $"Training on {rows} rows with {features} features needs about {Gigabytes(estimate)}, but only {Gigabytes(available)} of memory is available. " +
                $"Use a machine with more memory, fewer rows, or fewer categories."));
        if (rows * features > Array.MaxLength)
            throw new SlipwayException($"{rows} rows with {features} features are more values than one job can hold ({Array.MaxLength}). Use fewer rows, or fewer categories.");
    }

    private static string Gigabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.00} GB");
}
