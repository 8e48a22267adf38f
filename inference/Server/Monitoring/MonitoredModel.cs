using Slipway.Inference.Generations;
using Slipway.Registry.Models;

namespace Slipway.Inference.Monitoring;

/// <summary>What is counted of a model version, computed once: the bins of its baseline, and where each count is.</summary>
public sealed class MonitoredModel
{
    /// <summary>The positions of the number of rows, and of those that came encoded.</summary>
    public const int RowsAt = 0, EncodedRowsAt = 1;

    private MonitoredModel(ModelProfile profile, IReadOnlyList<MonitoredColumn> columns, MonitoredColumn? output)
    {
        (Profile, Columns, Output) = (profile, [.. columns], output);
        Length = (output ?? (columns.Count > 0 ? columns[^1] : null))?.End ?? EncodedRowsAt + 1;
    }

    public ModelProfile Profile { get; }
    public MonitoredColumn[] Columns { get; }

    /// <summary>Null if the baseline has none.</summary>
    public MonitoredColumn? Output { get; }

    /// <summary>Of the array of all counts.</summary>
    public int Length { get; }

    /// <returns>Null if there is nothing to compare with: archives of old releases may have no baseline, or one of other columns.</returns>
    public static MonitoredModel? Of(ModelProfile profile, FeatureBaseline? baseline)
    {
        var schema = profile.Schema.Columns;
        if (baseline is null || baseline.Columns.Count != schema.Count)
            return null;
        var columns = new List<MonitoredColumn>();
        var (feature, at) = (0, EncodedRowsAt + 1);
        for (var i = 0; i < schema.Count; i++)
        {
            if (MonitoredColumn.Of(schema[i], baseline.Columns[i], feature, at) is not { } column)
                return null;
            columns.Add(column);
            at = column.End;
            feature += schema[i].Categories?.Count ?? 1;
        }

        return new(profile, columns, MonitoredColumn.OfOutput(baseline.Output, profile.OutputWidth, at));
    }
}
