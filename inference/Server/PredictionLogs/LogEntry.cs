using System.Text.Json;
using Slipway.Inference.Generations;
using Slipway.Inference.Replicas;
using Slipway.Inference.Requests;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;

namespace Slipway.Inference.PredictionLogs;

/// <summary>One line to write, together with others of its model, hour and kind.</summary>
public abstract record LogEntry(string PredictionId, string Model, DateTimeOffset Hour)
{
    /// <summary>Its approximate size in memory.</summary>
    public abstract long Bytes { get; }

    /// <summary>The prefix of its objects' names: predictions are named by replica only.</summary>
    public abstract string NamePrefix { get; }

    public abstract void Write(Utf8JsonWriter json, ReplicaIdentity replica);
}

/// <summary>A request and its response: a line with a <see cref="PredictionRecord"/>.</summary>
/// <param name="Features">Encoded rows; null if the request contained raw values.</param>
/// <param name="Cells">Raw values; null if the request was encoded.</param>
public sealed record LoggedPrediction(
    string PredictionId,
    ModelProfile Profile,
    DateTimeOffset At,
    int Rows,
    float[]? Features,
    LoggedCells? Cells,
    float[] Outputs,
    double Microseconds) : LogEntry(PredictionId, Profile.Manifest.Model, At)
{
    private const int FixedBytes = 512; // the record itself, its id and its arrays' headers

    public override long Bytes => FixedBytes + (Features?.Length ?? 0) * 4L + Outputs.Length * 4L + (Cells?.Bytes ?? 0);

    public override string NamePrefix => "";

    public override void Write(Utf8JsonWriter json, ReplicaIdentity replica)
    {
        json.WriteStartObject();
        json.WriteString("predictionId"u8, PredictionId);
        json.WriteString("model"u8, Profile.ModelText);
        json.WriteNumber("version"u8, Profile.Manifest.Version);
        json.WriteString("trainingJob"u8, Profile.Manifest.Lineage.TrainingJob);
        json.WriteString("replica"u8, replica.Replica);
        json.WriteString("color"u8, replica.Color.Word());
        json.WriteString("at"u8, At);
        json.WritePropertyName("inputs"u8);
        if (Cells is null)
            WriteRows(json, Features, Profile.Encoder.Width);
        else
            WriteCells(json, Cells);
        json.WritePropertyName("outputs"u8);
        WriteRows(json, Outputs, Profile.OutputWidth);
        json.WriteNumber("microseconds"u8, Math.Round(Microseconds, 1));
        json.WriteEndObject();
    }

    private static void WriteRows(Utf8JsonWriter json, ReadOnlySpan<float> values, int width)
    {
        json.WriteStartArray();
        for (var start = 0; start < values.Length; start += width)
        {
            json.WriteStartArray();
            foreach (var value in values.Slice(start, width))
                json.WriteNumberValue(value);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private void WriteCells(Utf8JsonWriter json, LoggedCells cells)
    {
        json.WriteStartArray();
        for (var row = 0; row < Rows; row++)
        {
            json.WriteStartObject();
            for (var column = 0; column < cells.Columns; column++)
            {
                json.WritePropertyName(Profile.ColumnTexts[column]);
                if (cells.Token(row, column) is { IsEmpty: false } token)
                    json.WriteRawValue(token, skipInputValidation: true);
                else
                    json.WriteNullValue();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

/// <summary>The true label of a prediction: a line with a <see cref="FeedbackRecord"/>, stored next to the prediction.</summary>
/// <param name="Label">As JSON.</param>
public sealed record LoggedFeedback(string PredictionId, PredictionId Id, ReadOnlyMemory<byte> Label, DateTimeOffset At)
    : LogEntry(PredictionId, Id.Model, Id.Hour)
{
    private const int FixedBytes = 1024; // the record itself, its id, and its place in the log

    public override long Bytes => FixedBytes + Label.Length;

    // no replica name contains a dot, so this cannot be mistaken for predictions
    public override string NamePrefix => "feedback.";

    public override void Write(Utf8JsonWriter json, ReplicaIdentity replica)
    {
        using var label = JsonDocument.Parse(Label);
        JsonSerializer.Serialize(json, new(PredictionId, Id.Model, Id.Version, replica.Replica, At, label.RootElement), RegistryJsonLines.Default.FeedbackRecord);
    }
}
