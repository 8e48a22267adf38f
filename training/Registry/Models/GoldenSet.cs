namespace Slipway.Registry.Models;

/// <summary>
/// Rows with the trainer's predictions: <c>golden.json</c> in the archive. A server verifies a model against them before it serves it.
/// </summary>
/// <param name="Records">Raw values by column name; a missing value is null or absent.</param>
/// <param name="Inputs">The same rows encoded, each of length F.</param>
/// <param name="Outputs">The expected output rows.</param>
/// <param name="Tolerance">The largest accepted difference, multiplied by max(1, |expected|).</param>
public sealed record GoldenSet(
    IReadOnlyList<IReadOnlyDictionary<string, string?>> Records,
    IReadOnlyList<IReadOnlyList<float>> Inputs,
    IReadOnlyList<IReadOnlyList<float>> Outputs,
    double Tolerance);
