using Slipway.Registry;

namespace Slipway.Trainer;

/// <summary>
/// The first of two readings of a dataset, as a stream: every value is checked, every row gets its side, every column its profile.
/// Only a byte a row stays in memory.
/// </summary>
/// <param name="Sides">By row, in the order of the file.</param>
/// <param name="Positives">By side.</param>
public sealed record DatasetSurvey(
    string Source,
    IReadOnlyList<string> Header,
    DatasetColumns Columns,
    IReadOnlyList<ColumnProfile> Profiles,
    IReadOnlyList<Side> Sides,
    IReadOnlyDictionary<Side, long> Rows,
    IReadOnlyDictionary<Side, long> Positives,
    IReadOnlyList<string> Classes)
{
    /// <exception cref="SlipwayException">The dataset can not be used; the message says where and why.</exception>
    public static DatasetSurvey Read(ModelSpec spec, Stream csv, string source, CancellationToken cancellation)
    {
        using var rows = CsvRows.Open(csv, source);
        var columns = DatasetColumns.Find(spec, rows, source);
        var profiles = columns.Features.Select(ColumnProfile.For).ToArray();
        var labels = new BinaryLabels(spec.Label, spec.Positive, source);
        var split = new RowSplit(spec.Split ?? new());
        var sides = new List<Side>();
        var counts = new Tally();
        while (rows.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            var side = split.SideOf(rows, columns.Identity);
            sides.Add(side);
            counts.Add(side, labels.Read(rows.Value(columns.Label), rows.Row));
            for (var i = 0; i < profiles.Length; i++)
                profiles[i].Add(rows.Value(columns.Features[i].Index), side, rows.Row, source);
        }

        var survey = new DatasetSurvey(source, rows.Columns, columns, profiles, sides, counts.Rows, counts.Positives, labels.Classes);
        return survey.Checked(spec);
    }

    /// <summary>How the columns are encoded, as training saw them.</summary>
    public IReadOnlyList<ColumnSchema> ToSchema() => [.. Profiles.Select(profile => profile.ToSchema(Source))];

    public DataMetrics ToMetrics() => new(
        Sides.Count,
        Rows[Side.Training],
        Rows[Side.Validation],
        Rows[Side.Holdout],
        Profiles.ToDictionary(profile => profile.Name, profile => (double)profile.Missing / Sides.Count),
        (double)Positives.Values.Sum() / Sides.Count);

    private DatasetSurvey Checked(ModelSpec spec)
    {
        if (Sides.Count == 0)
            throw new SlipwayException($"{Source} has a header but no rows. There is nothing to learn from.");
        if (Positives.Values.Sum() is var positives && (positives == 0 || positives == Sides.Count))
            throw new SlipwayException(
                $"{Source}: all {Sides.Count} rows have the same label '{spec.Label}' = '{Classes[positives == 0 ? 0 : 1]}'. " +
                "A binary model needs rows of both classes" +
                (positives == 0 && spec.Positive is not null ? $"; 'positive' in model.json is '{spec.Positive}', which no row has." : "."));
        foreach (var side in Enum.GetValues<Side>())
            if (Positives[side] == 0 || Positives[side] == Rows[side])
                throw new SlipwayException(
                    $"{Source}: of {Rows[side]} {side.ToString().ToLowerInvariant()} rows {Positives[side]} are positive, but each side needs both classes. " +
                    "There are too few rows for this split: bring more, or change 'split' in model.json.");
        return this;
    }

    private sealed class Tally
    {
        public Dictionary<Side, long> Rows { get; } = Enum.GetValues<Side>().ToDictionary(side => side, _ => 0L);
        public Dictionary<Side, long> Positives { get; } = Enum.GetValues<Side>().ToDictionary(side => side, _ => 0L);

        public void Add(Side side, bool positive)
        {
            Rows[side]++;
            if (positive)
                Positives[side]++;
        }
    }
}
