using Slipway.Registry.Models;

namespace Slipway.Registry.Gates;

/// <summary>The version that a candidate is compared with: the one that the channels serve now.</summary>
/// <param name="Metrics">On its own holdout, as registered. Comparisons use <see cref="ModelMetrics.Champion"/> of the candidate, from the same rows.</param>
public sealed record GateChampion(int Version, ModelSchema Schema, ModelMetrics Metrics);
