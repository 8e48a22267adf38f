using Slipway.Registry;
using Slipway.Registry.Rows;

namespace Slipway.Trainer.Proposals.Inspection;

/// <summary>The profile of a CSV file without a spec: one pass, as a stream, whatever its size.</summary>
public sealed record DatasetSummary(string Source, long Rows, IReadOnlyList<ColumnSummary> Columns)
{
    /// <exception cref="SlipwayException">It is not a CSV file with a header and rows; the message says where and why.</exception>
    public static DatasetSummary Read(Stream csv, string source, CancellationToken cancellation)
    {
        using var rows = CsvRows.Open(csv, source);
        var inspectors = rows.Columns.Select(name => new ColumnInspector(name)).ToArray();
        while (rows.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = 0; i < inspectors.Length; i++)
                inspectors[i].Add(rows.Value(i), rows.Row);
        }

        return rows.Row > 0
            ? new(source, rows.Row, [.. inspectors.Select(inspector => inspector.Summarize())])
            : throw new SlipwayException($"{source} has a header but no rows. There is nothing to train on.");
    }

    /// <exception cref="SlipwayException">The column does not exist; the message lists those that do.</exception>
    public ColumnSummary Label(string name) => Columns.FirstOrDefault(column => column.Name == name.Trim())
        ?? throw new SlipwayException(
            $"{Source} has no column '{name}'.{Suggestion.DidYouMean(name, Columns.Select(column => column.Name))} " +
            $"Its columns: {string.Join(", ", Columns.Select(column => column.Name))}.");
}
