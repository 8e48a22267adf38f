using System.Globalization;
using Slipway.Gateway.Page.Reading;
using Slipway.Registry.Models;

namespace Slipway.Gateway.Page.Playground;

/// <summary>
/// What the address asks: values by the position of their column, because names may hold anything and an address has little room. An address is bounded by the
/// listener, and so is everything here.
/// </summary>
/// <param name="Values">By column name; null or absent for a missing value.</param>
/// <param name="IsAsked">Whether there is anything to ask a server.</param>
/// <param name="Varied">The column whose effect is shown as a curve; null for none.</param>
/// <param name="Csv">Rows with a header that somebody pasted; null if none were.</param>
public sealed record PlaygroundInput(IReadOnlyDictionary<string, string?> Values, bool IsAsked, ColumnSchema? Varied, string? Csv)
{
    public const int MaxCsv = 6000;
    public const int CurvePoints = 25;

    public static string Field(int column) => $"c{column.ToString(CultureInfo.InvariantCulture)}";

    public static PlaygroundInput Of(IQueryCollection query, ModelSchema schema, GoldenExamples? examples)
    {
        var asked = schema.Columns.Select((_, at) => query.ContainsKey(Field(at))).Any(given => given);
        var example = int.TryParse(query["example"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? examples?.Records.ElementAtOrDefault(number - 1) : null;
        // what a form begins with is a row that exists
        var start = example ?? (!asked && examples?.Records is [var first, ..] ? first : null);
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (at, column) in schema.Columns.Index())
            values[column.Name] = start is null ? Given(query[Field(at)]) : start.GetValueOrDefault(column.Name);
        return new(
            values, asked || start is not null,
            int.TryParse(query["vary"], NumberStyles.None, CultureInfo.InvariantCulture, out var varied) && schema.Columns.ElementAtOrDefault(varied) is { Kind: ColumnKind.Numeric } column2 ? column2 : null,
            query["csv"] is [{ Length: > 0 and <= MaxCsv } csv] && csv.Trim().Length > 0 ? csv : null);
    }

    /// <summary>The same row with the varied column at points over its range.</summary>
    public (IReadOnlyList<double> Points, IReadOnlyList<IReadOnlyDictionary<string, string?>> Records)? Curve()
    {
        if (Varied is not { Minimum: { } low, Maximum: { } high } column || !(high > low))
            return null;
        double[] points = [.. Enumerable.Range(0, CurvePoints).Select(i => low + ((high - low) * (double)i / (CurvePoints - 1)))];
        return (points, [.. points.Select(point => new Dictionary<string, string?>(Values) { [column.Name] = point.ToString("R", CultureInfo.InvariantCulture) })]);
    }

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
