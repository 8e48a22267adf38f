using System.Text.Json;
using Slipway.Inference.Generations;
using Slipway.Inference.Replicas;
using Slipway.Inference.Requests;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;

namespace Slipway.Inference.PredictionLogs;

/// <summary>One line to be written, together with others of its model, hour and kind.</summary>
public abstract record LogEntry(string PredictionId, string Model, DateTimeOffset Hour)
{
    /// <summary>What it takes in memory, roughly.</summary>
    public abstract long Bytes { get; }

    /// <summary>Begins the names of its objects: predictions are named by replica alone.</summary>
    public abstract string NamePrefix { get; }

    public abstract void Write(Utf8JsonWriter json, ReplicaIdentity replica);
}

/// <summary>A request and its answer: a line in the form of <see cref="PredictionRecord"/>.</summary>
/// <param name="Features">Encoded rows; null when the request came with raw values.</param>
/// <param name="Cells">Raw values; null when the request came encoded.</param>
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

/// <summary>What became of a prediction: a line in the form of <see cref="FeedbackRecord"/>, beside the prediction that it is about.</summary>
/// <param name="Label">As JSON.</param>
public sealed record LoggedFeedback(string PredictionId, PredictionId Id, ReadOnlyMemory<byte> Label, DateTimeOffset At)
    : LogEntry(PredictionId, Id.Model, Id.Hour)
{
    private const int FixedBytes = 1024; // the record itself, its id, and what its place in the log takes

    public override long Bytes => FixedBytes + Label.Length;

    // a dot is in no replica's name, so nobody takes it for predictions
    public override string NamePrefix => "feedback.";

    public override void Write(Utf8JsonWriter json, ReplicaIdentity replica)
    {
        using var label = JsonDocument.Parse(Label);
        JsonSerializer.Serialize(json, new(PredictionId, Id.Model, Id.Version, replica.Replica, At, label.RootElement), RegistryJsonLines.Default.FeedbackRecord);
    }
}
