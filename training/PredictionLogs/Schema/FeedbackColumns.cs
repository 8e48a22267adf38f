using Parquet.Schema;

namespace Slipway.PredictionLogs.Schema;

/// <summary>The columns of <c>feedback/</c>: one row for each labeled row. New columns are added at the end, and stay optional.</summary>
public static class FeedbackColumns
{
    public static DataField<string> PredictionId { get; } = new("prediction_id", nullable: false);
    public static DataField<int> RowIndex { get; } = new("row_index");
    public static DateTimeDataField LabeledAt { get; } = new("labeled_at", DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Millis);
    public static DataField<string> Model { get; } = new("model", nullable: false);
    public static DataField<int> Version { get; } = new("version");
    public static DataField<string> Replica { get; } = new("replica", nullable: false);
    public static DataField<string> Label { get; } = new("label", nullable: false);
    public static DataField<double> LabelNumber { get; } = new("label_number", nullable: true);

    public static ParquetSchema Schema { get; } = new(PredictionId, RowIndex, LabeledAt, Model, Version, Replica, Label, LabelNumber);

    public static IReadOnlyList<LogColumn> All { get; } =
    [
        new("prediction_id", "VARCHAR", "string", "the labeled prediction"),
        new("row_index", "INTEGER", "int", "the row in its request, from 0"),
        new("labeled_at", "TIMESTAMP WITH TIME ZONE", "timestamp", "when the label arrived, in UTC; of several for one row, the last one counts"),
        new("model", "VARCHAR", "string", "the model that predicted"),
        new("version", "INTEGER", "int", "the version that predicted"),
        new("replica", "VARCHAR", "string", "the server that received the label"),
        new("label", "VARCHAR", "string", "the true label, as it was sent"),
        new("label_number", "DOUBLE", "double", "the label if it was sent as a number"),
    ];
}
