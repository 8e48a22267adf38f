namespace Slipway.Benchmarks.Figures;

/// <summary>A training job next to another library, on the same rows with the same settings.</summary>
/// <param name="Columns">Features.</param>
/// <param name="Bytes">Of the CSV file.</param>
/// <param name="Ours">The whole job: survey, fit, export, proof, evaluation, plots.</param>
/// <param name="Peer">The library's name.</param>
/// <param name="Theirs">Reading the file, the fit, and the AUC; null if it is not installed.</param>
/// <param name="InstallHint">How to install it.</param>
public sealed record TrainingComparison(int Rows, int Columns, long Bytes, TrainingResultFigures Ours, string Peer, TrainingResultFigures? Theirs, string InstallHint)
{
    /// <summary>Above 1, ours is slower.</summary>
    public double? FitRatio => Theirs is null ? null : Ours.FitSeconds / Theirs.FitSeconds;

    /// <summary>The whole job relative to its fit.</summary>
    public double JobToFit => Ours.Seconds / Ours.FitSeconds;
}

/// <param name="FitSeconds">The fit alone.</param>
/// <param name="Seconds">From the start of the process to its end.</param>
/// <param name="Auc">On the holdout.</param>
/// <param name="PeakBytes">Null if the operating system does not report it.</param>
public sealed record TrainingResultFigures(double FitSeconds, double Seconds, double Auc, long? PeakBytes);
