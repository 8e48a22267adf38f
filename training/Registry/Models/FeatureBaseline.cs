namespace Slipway.Registry.Models;

/// <summary>The distribution of each raw column in the training data: <c>baseline.json</c> in the archive, the reference for data drift.</summary>
/// <param name="Output">
/// The same of what the model predicts for the holdout: the probability, the value, or the class by its name; null in archives that predate this member.
/// </param>
public sealed record FeatureBaseline(long Rows, IReadOnlyList<ColumnBaseline> Columns, ColumnBaseline? Output = null);

/// <param name="Edges">Bin edges of a numeric column, ascending; bin i contains edge i-1 &lt; x &lt;= edge i, the first and last are open.</param>
/// <param name="Counts">Rows by bin, or by category in the order of the schema with unknown values last.</param>
/// <param name="Mean">Null for categories.</param>
public sealed record ColumnBaseline(
    string Name,
    ColumnKind Kind,
    IReadOnlyList<float>? Edges,
    IReadOnlyList<long> Counts,
    long Missing,
    double? Mean,
    double? StandardDeviation);
