using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;
using Slipway.Trainer.Data.Labels;

namespace Slipway.Trainer.Data;

/// <summary>
/// The first of two passes over a dataset, as a stream: every value is checked, every row gets its side, every column its profile.
/// Only one byte per row stays in memory.
/// </summary>
/// <param name="HasIndex">The first column has no name, and is treated as row numbers.</param>
/// <param name="Sides">By row, in the order of the file.</param>
/// <param name="Rows">By side.</param>
/// <param name="Personal">The features that the spec calls personal.</param>
/// <param name="PersonalInLog">What the prediction log has instead of their values.</param>
public sealed record DatasetSurvey(
    string Source,
    IReadOnlyList<string> Header,
    DatasetColumns Columns,
    IReadOnlyList<ColumnProfile> Profiles,
    LabelColumn Label,
    IReadOnlyList<Side> Sides,
    IReadOnlyDictionary<Side, long> Rows,
    bool HasIndex = false,
    IReadOnlyList<string>? Personal = null,
    PersonalInLog PersonalInLog = PersonalInLog.Hashed)
{
    /// <exception cref="SlipwayException">The dataset cannot be used; the message says where and why.</exception>
    public static DatasetSurvey Read(ModelSpec spec, Stream csv, string source, CancellationToken cancellation)
    {
        using var rows = CsvRows.Open(csv, source);
        var columns = DatasetColumns.Find(spec, rows, source);
        var profiles = columns.Features.Select(ColumnProfile.For).ToArray();
        var label = LabelColumn.For(spec, source);
        var split = new RowSplit(spec.Split ?? new());
        var sides = new List<Side>();
        var counts = Enum.GetValues<Side>().ToDictionary(side => side, _ => 0L);
        while (rows.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            var side = split.SideOf(rows, columns.Identity);
            sides.Add(side);
            counts[side]++;
            label.Add(rows.Value(columns.Label), side, rows.Row);
            for (var i = 0; i < profiles.Length; i++)
                profiles[i].Add(rows.Value(columns.Features[i].Index), side, rows.Row, source);
        }

        if (sides.Count == 0)
            throw new SlipwayException($"{source} has a header but no rows. There is nothing to train on.");
        label.Check(counts);
        return new(source, rows.Columns, columns, profiles, label, sides, counts, rows.HasIndex, spec.Personal, spec.PersonalInLog);
    }

    /// <summary>The encoding of the columns, based on the training rows.</summary>
    public IReadOnlyList<ColumnSchema> ToSchema() =>
        [.. Profiles.Select(profile => Personal?.Contains(profile.Name) == true
            ? profile.ToSchema(Source) with { Personal = true, PersonalInLog = PersonalInLog }
            : profile.ToSchema(Source))];

    public DataMetrics ToMetrics() => Label.Describe(new(
        Sides.Count,
        Rows[Side.Training],
        Rows[Side.Validation],
        Rows[Side.Holdout],
        Profiles.ToDictionary(profile => profile.Name, profile => (double)profile.Missing / Sides.Count),
        LabelRate: null));
}
