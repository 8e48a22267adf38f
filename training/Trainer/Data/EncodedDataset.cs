using Slipway.Registry.Rows;

namespace Slipway.Trainer.Data;

/// <summary>The second pass: all rows encoded, by side.</summary>
public sealed class EncodedDataset
{
    private readonly Dictionary<Side, EncodedRows> _sides;

    private EncodedDataset(Dictionary<Side, EncodedRows> sides) => _sides = sides;

    public EncodedRows Training => _sides[Side.Training];
    public EncodedRows Validation => _sides[Side.Validation];
    public EncodedRows Holdout => _sides[Side.Holdout];
    public IEnumerable<EncodedRows> All => _sides.Values;

    public static EncodedDataset Read(DatasetSurvey survey, FeatureEncoder encoder, Stream csv, CancellationToken cancellation)
    {
        using var rows = CsvRows.Open(csv, survey.Source);
        int[] columns = [.. survey.Columns.Features.Select(feature => feature.Index)];
        var sides = survey.Rows.ToDictionary(side => side.Key, side => new EncodedRows(encoder.Width, (int)side.Value));
        while (rows.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            var side = survey.Sides[(int)rows.Row - 1];
            sides[side].Add(encoder, rows, columns, survey.Label.Encode(rows.Value(survey.Columns.Label), rows.Row));
        }

        return new(sides);
    }

    /// <summary>The holdout as another model encodes it.</summary>
    /// <param name="columns">For each raw column of that model, its position in the CSV.</param>
    public static EncodedRows ReadHoldout(
        DatasetSurvey survey, FeatureEncoder encoder, int[] columns, Stream csv, CancellationToken cancellation)
    {
        using var rows = CsvRows.Open(csv, survey.Source);
        var holdout = new EncodedRows(encoder.Width, (int)survey.Rows[Side.Holdout]);
        while (rows.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            if (survey.Sides[(int)rows.Row - 1] == Side.Holdout)
                holdout.Add(encoder, rows, columns, survey.Label.Encode(rows.Value(survey.Columns.Label), rows.Row));
        }

        return holdout;
    }

    /// <summary>Raw feature values of a few rows, by row number.</summary>
    public static IReadOnlyDictionary<long, IReadOnlyDictionary<string, string?>> ReadRecords(
        DatasetSurvey survey, IReadOnlySet<long> numbers, Stream csv)
    {
        using var rows = CsvRows.Open(csv, survey.Source);
        var records = new Dictionary<long, IReadOnlyDictionary<string, string?>>();
        while (records.Count < numbers.Count && rows.Read())
            if (numbers.Contains(rows.Row))
                records.Add(rows.Row, survey.Columns.Features.ToDictionary(
                    feature => feature.Name,
                    feature => rows.Value(feature.Index).Trim() is { IsEmpty: false } text ? text.ToString() : null));
        return records;
    }
}
