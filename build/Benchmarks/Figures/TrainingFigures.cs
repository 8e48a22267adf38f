namespace Slipway.Benchmarks.Figures;

/// <summary>The results of running the same training job several times.</summary>
/// <param name="Seconds">Per job, from the dataset in the store to the registered version.</param>
/// <param name="PeakBytes">The trainer's largest peak memory over the jobs; null if the operating system does not report it.</param>
public sealed record TrainingFigures(string Dataset, long DatasetBytes, IReadOnlyList<double> Seconds, long? PeakBytes);
