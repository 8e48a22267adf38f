namespace Slipway.Build.Benchmarks.Figures;

/// <summary>The same training job, several times over.</summary>
/// <param name="Seconds">Of each: from the dataset in the store to the registered version.</param>
/// <param name="PeakBytes">Of the trainer's memory in the job that took most; null where this machine does not tell.</param>
public sealed record TrainingFigures(string Dataset, long DatasetBytes, IReadOnlyList<double> Seconds, long? PeakBytes);
