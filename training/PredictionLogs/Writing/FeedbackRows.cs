using System.Text.Json;
using Slipway.PredictionLogs.Schema;
using Slipway.Registry.Predictions;

namespace Slipway.PredictionLogs.Writing;

/// <summary>Rows of <see cref="FeedbackColumns"/>.</summary>
public sealed class FeedbackRows : LogRows
{
    private readonly LogColumnWriter<ReadOnlyMemory<char>> _id, _model, _replica, _label;
    private readonly LogColumnWriter<int> _row, _version;
    private readonly LogColumnWriter<DateTime> _at;
    private readonly LogColumnWriter<double> _number;

    public FeedbackRows() : base(
        FeedbackColumns.Schema, Options([FeedbackColumns.Model, FeedbackColumns.Replica, FeedbackColumns.Label], FeedbackColumns.RowIndex, FeedbackColumns.LabeledAt, FeedbackColumns.Version))
    {
        // in the order of the schema
        _id = Column<ReadOnlyMemory<char>>(FeedbackColumns.PredictionId);
        _row = Column<int>(FeedbackColumns.RowIndex);
        _at = Column<DateTime>(FeedbackColumns.LabeledAt);
        _model = Column<ReadOnlyMemory<char>>(FeedbackColumns.Model);
        _version = Column<int>(FeedbackColumns.Version);
        _replica = Column<ReadOnlyMemory<char>>(FeedbackColumns.Replica);
        _label = Column<ReadOnlyMemory<char>>(FeedbackColumns.Label);
        _number = Column<double>(FeedbackColumns.LabelNumber);
    }

    /// <summary>One row for each label of an array. A single label of a prediction with several rows is that of all of them, unless the record names one.</summary>
    /// <param name="rows">Of the prediction; null if unknown.</param>
    public void Add(FeedbackRecord record, int? rows)
    {
        if (record.Label.ValueKind == JsonValueKind.Array)
        {
            var row = record.Row ?? 0;
            foreach (var label in record.Label.EnumerateArray())
                Add(record, row++, label);
        }
        else if (record.Row is { } only)
        {
            Add(record, only, record.Label);
        }
        else
        {
            for (var row = 0; row < (rows ?? 1); row++)
                Add(record, row, record.Label);
        }
    }

    private void Add(FeedbackRecord record, int row, JsonElement label)
    {
        _id.Add(record.PredictionId.AsMemory());
        _row.Add(row);
        _at.Add(record.At.UtcDateTime);
        _model.Add(record.Model.AsMemory());
        _version.Add(record.Version);
        _replica.Add(record.Replica.AsMemory());
        _label.Add((label.ValueKind == JsonValueKind.String ? label.GetString()! : label.GetRawText()).AsMemory());
        if (label.ValueKind == JsonValueKind.Number && label.TryGetDouble(out var number) && double.IsFinite(number))
            _number.Add(number);
        else
            _number.AddNull(0);
        CountRow();
    }
}
