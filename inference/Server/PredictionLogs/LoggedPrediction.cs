using System.Globalization;
using System.Text.Json;
using Slipway.Inference.Generations;
using Slipway.Inference.Replicas;
using Slipway.Inference.Requests;
using Slipway.PredictionLogs.Writing;
using Slipway.Registry.Channels;
using Slipway.Registry.Models;

namespace Slipway.Inference.PredictionLogs;

/// <summary>A request and its response.</summary>
/// <param name="Count">The counter in its id.</param>
/// <param name="Features">Encoded rows; null if the request contained raw values.</param>
/// <param name="Cells">Raw values; null if the request was encoded.</param>
public sealed record LoggedPrediction(
    string PredictionId,
    ulong Count,
    ModelProfile Profile,
    DateTimeOffset At,
    int Rows,
    float[]? Features,
    LoggedCells? Cells,
    float[] Outputs,
    double Microseconds) : LogEntry(PredictionId, Profile.Manifest.Model, Profile.Manifest.Version, At)
{
    private const int FixedBytes = 512; // the record itself, its id and its arrays' headers

    public override long Bytes => FixedBytes + (Features?.Length ?? 0) * 4L + Outputs.Length * 4L + (Cells?.Bytes ?? 0);
    public override LogKind Kind => LogKind.Prediction;
    public override ulong Count { get; } = Count;

    public override void Write(LogRows rows, ReplicaIdentity replica, PersonalValues personal)
    {
        var target = (PredictionRows)rows;
        var head = new PredictionHead(
            PredictionId, At, Model, Version, Profile.Manifest.Lineage.TrainingJob, replica.Color.Word(), replica.Replica, Microseconds);
        for (var row = 0; row < Rows; row++)
        {
            var outputs = Outputs.AsSpan(row * Profile.OutputWidth, Profile.OutputWidth);
            target.Begin(head, row, outputs, Profile.LabelWords.Count > 0 ? Profile.LabelWords[Profile.LabelOf(outputs)] : null);
            if (Cells is null)
            {
                target.EndEncoded(Features.AsSpan(row * Profile.Encoder.Width, Profile.Encoder.Width), Profile.PersonalFeatures);
            }
            else
            {
                WriteCells(target, Cells, row, personal);
                target.EndRaw();
            }
        }
    }

    private void WriteCells(PredictionRows rows, LoggedCells cells, int row, PersonalValues personal)
    {
        for (var i = 0; i < cells.Columns; i++)
        {
            var column = Profile.Schema.Columns[i];
            var token = cells.Token(row, i);
            if (column.Personal)
                WritePersonal(rows, column, token.IsEmpty ? null : TextOf(column, token), personal);
            else if (column.Kind == ColumnKind.Numeric)
                rows.Number(column.Name, token.IsEmpty ? null : NumberOf(token));
            else
                rows.Category(column.Name, token.IsEmpty ? null : TextOf(token));
        }
    }

    private static void WritePersonal(PredictionRows rows, ColumnSchema column, string? value, PersonalValues personal)
    {
        if (column.PersonalInLog == PersonalInLog.Hashed)
            rows.Category(column.Name, value is null ? null : personal.Hash(column.Name, value));
    }

    // one value has one hash, however it is written
    private static string TextOf(ColumnSchema column, ReadOnlySpan<byte> token) =>
        column.Kind == ColumnKind.Numeric ? NumberOf(token).ToString(CultureInfo.InvariantCulture) : Registry.Rows.CategoryValue.Of(TextOf(token).Trim());

    // a JSON string, number, true or false
    private static string TextOf(ReadOnlySpan<byte> token)
    {
        if (token[0] != '"')
            return System.Text.Encoding.UTF8.GetString(token);
        var json = new Utf8JsonReader(token);
        json.Read();
        return json.GetString()!;
    }

    private static double NumberOf(ReadOnlySpan<byte> token) => TextOf(token) switch
    {
        "true" => 1,
        "false" => 0,
        var text => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };
}
