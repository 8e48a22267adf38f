using System.Globalization;
using System.Text.Json.Serialization;
using Slipway.Registry.Artifacts;

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
    double Tolerance)
{
    private const double MaxTolerance = 0.05;

    /// <summary>Why nothing can be verified with it; null if it can.</summary>
    [JsonIgnore]
    public string? Flaw =>
        Inputs.Contains(null!) || Outputs.Contains(null!) || Records.Contains(null!)
            ? $"{ArtifactFiles.Golden} contains null instead of a row."
        : Inputs.Count == 0 || Inputs.Count != Outputs.Count
            ? $"{ArtifactFiles.Golden} contains {Inputs.Count} inputs and {Outputs.Count} outputs: the numbers must be equal, and at least one."
        : Tolerance is not (>= 0 and <= MaxTolerance)
            ? $"{ArtifactFiles.Golden} allows differences of {Text(Tolerance)}: the tolerance must be between 0 and {Text(MaxTolerance)}."
        : null;

    /// <summary>Whether a predicted value is the golden one. A NaN among either is not.</summary>
    public bool Accepts(float expected, float actual) => Math.Abs((double)actual - expected) <= Tolerance * Math.Max(1, Math.Abs(expected));

    private static string Text(double value) => value.ToString("G9", CultureInfo.InvariantCulture);
}
