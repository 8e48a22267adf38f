using Parquet.Schema;

namespace Slipway.PredictionLogs.Schema;

/// <summary>
/// The columns of <c>predictions/</c>: one row for each predicted row, the same columns for all models, so that one table describes them. New columns are added at the
/// end, and stay optional.
/// </summary>
public static class PredictionColumns
{
    public static DataField<string> PredictionId { get; } = new("prediction_id", nullable: false);
    public static DataField<int> RowIndex { get; } = new("row_index");

    // milliseconds: with microseconds, the library writes wrong statistics, by which readers would skip rows
    public static DateTimeDataField PredictedAt { get; } = new("predicted_at", DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Millis);
    public static DataField<string> Model { get; } = new("model", nullable: false);
    public static DataField<int> Version { get; } = new("version");
    public static DataField<string> TrainingJob { get; } = new("training_job", nullable: false);
    public static DataField<string> Color { get; } = new("color", nullable: false);
    public static DataField<string> Replica { get; } = new("replica", nullable: false);
    public static DataField<string> NumberColumn { get; } = new("key", nullable: false);
    public static DataField<double> NumberValue { get; } = new("value", nullable: true);
    public static DataField<string> CategoryColumn { get; } = new("key", nullable: false);
    public static DataField<string> CategoryValue { get; } = new("value", nullable: true);
    public static DataField<float> Feature { get; } = new("element", nullable: true);
    public static DataField<float> Output { get; } = new("element", nullable: false);
    public static DataField<string> Predicted { get; } = new("predicted", nullable: true);
    public static DataField<int> Latency { get; } = new("latency_us");

    public static ParquetSchema Schema { get; } = new(
        PredictionId, RowIndex, PredictedAt, Model, Version, TrainingJob, Color, Replica,
        new MapField("numbers", NumberColumn, NumberValue), new MapField("categories", CategoryColumn, CategoryValue),
        new ListField("features", Feature), new ListField("outputs", Output), Predicted, Latency);

    public static IReadOnlyList<LogColumn> All { get; } =
    [
        new("prediction_id", "VARCHAR", "string", "the id from the response; the rows of one request share it"),
        new("row_index", "INTEGER", "int", "the row in its request, from 0"),
        new("predicted_at", "TIMESTAMP WITH TIME ZONE", "timestamp", "when, in UTC"),
        new("model", "VARCHAR", "string", "the model"),
        new("version", "INTEGER", "int", "its version"),
        new("training_job", "VARCHAR", "string", "the training job of the version, which its lineage is stored under"),
        new("color", "VARCHAR", "string", "the color of the server"),
        new("replica", "VARCHAR", "string", "the server"),
        new("numbers", "MAP(VARCHAR, DOUBLE)", "map<string,double>", "the numeric columns of a raw row; a missing value is NULL"),
        new("categories", "MAP(VARCHAR, VARCHAR)", "map<string,string>", "the categorical columns of a raw row, and hashes of personal values"),
        new("features", "FLOAT[]", "array<float>", "the encoded row, in the order of the manifest's `schema.features`, if the request was encoded; personal values are NULL"),
        new("outputs", "FLOAT[]", "array<float>", "what the model returned: a probability, one for each class, or a value"),
        new("predicted", "VARCHAR", "string", "the predicted class; NULL for regression"),
        new("latency_us", "INTEGER", "int", "microseconds that the model took for all rows of the request"),
    ];
}
