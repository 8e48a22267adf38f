using System.Globalization;
using System.Text.Json;
using Slipway.Inference.Generations;
using Slipway.Inference.Replicas;
using Slipway.Inference.Requests;
using Slipway.PredictionLogs.Writing;
using Slipway.Registry.Channels;
using Slipway.Registry.Models;
using Slipway.Registry.Predictions;

namespace Slipway.Inference.PredictionLogs;

/// <summary>A request and its response. Used again for the next one once it is in an object of the log.</summary>
public sealed record LoggedPrediction() : LogEntry("", "", 0, default)
{
    private const int FixedBytes = 512; // the record itself, its id and its arrays' headers

    // copied: ids that waited here would be old when they are written, and the collector would have to look at all that is old
    private readonly char[] _id = new char[PredictionIds.MaxLength];
    private readonly LoggedCells _cells = new();
    private ModelProfile? _profile;
    private int _idLength;
    private float[] _features = [];
    private float[] _outputs = [];
    private int _rows;
    private bool _isRaw;
    private double _microseconds;
    private ulong _count;

    public override string PredictionId => new(_id, 0, _idLength);

    public override long Bytes => FixedBytes + (_isRaw ? _cells.Bytes : _rows * Profile.Encoder.Width * 4L) + _rows * Profile.OutputWidth * 4L;
    public override LogKind Kind => LogKind.Prediction;
    public override ulong Count => _count;

    /// <summary>The memory that it keeps for the next one.</summary>
    public long KeptBytes => (_features.Length + _outputs.Length) * sizeof(float) + _cells.KeptBytes;

    private ModelProfile Profile => _profile ?? throw new InvalidOperationException("A record of the log must be filled before it is used.");

    /// <param name="count">The counter in its id.</param>
    /// <param name="features">Encoded rows, unless the request contained raw values.</param>
    /// <param name="cells">Raw values; null if the request was encoded.</param>
    public void Fill(
        string predictionId, ulong count, ModelProfile profile, DateTimeOffset at, double microseconds, int rows, ReadOnlySpan<float> features, RawCells? cells, ReadOnlySpan<float> outputs)
    {
        Identify(profile.Manifest.Model, profile.Manifest.Version, at);
        predictionId.CopyTo(_id);
        _idLength = predictionId.Length;
        (_count, _profile, _microseconds, _rows, _isRaw) = (count, profile, microseconds, rows, cells is not null);
        if (cells is null)
            Copy(features, ref _features);
        else
            cells.CopyTo(_cells);
        Copy(outputs, ref _outputs);
    }

    /// <summary>Nothing of a model that was replaced is kept by it.</summary>
    public void Clear() => _profile = null;

    public override void Write(LogRows rows, ReplicaIdentity replica, PersonalValues personal)
    {
        var target = (PredictionRows)rows;
        var head = new PredictionHead(
            _id.AsMemory(0, _idLength), Hour, Model, Version, Profile.Manifest.Lineage.TrainingJob, replica.Color.Word(), replica.Replica, _microseconds);
        for (var row = 0; row < _rows; row++)
        {
            var outputs = _outputs.AsSpan(row * Profile.OutputWidth, Profile.OutputWidth);
            target.Begin(head, row, outputs, Profile.LabelWords.Count > 0 ? Profile.LabelWords[Profile.LabelOf(outputs)] : null);
            if (!_isRaw)
            {
                target.EndEncoded(_features.AsSpan(row * Profile.Encoder.Width, Profile.Encoder.Width), Profile.PersonalFeatures);
            }
            else
            {
                WriteCells(target, _cells, row, personal);
                target.EndRaw();
            }
        }
    }

    private void WriteCells(PredictionRows rows, LoggedCells cells, int row, PersonalValues personal)
    {
        for (var i = 0; i < cells.Columns; i++)
        {
            var column = Profile.Schema.Columns[i];
            var cell = cells.Cell(row, i);
            if (column.Personal)
                WritePersonal(rows, column, cell.IsMissing ? null : TextOf(column, cells, cell), personal);
            else if (column.Kind == ColumnKind.Numeric)
                rows.Number(column.Name, cell.IsMissing ? null : NumberOf(cells, cell));
            else
                rows.Category(column.Name, cell.IsMissing ? null : TextOf(cells.Token(cell)));
        }
    }

    private static void WritePersonal(PredictionRows rows, ColumnSchema column, string? value, PersonalValues personal)
    {
        if (column.PersonalInLog == PersonalInLog.Hashed)
            rows.Category(column.Name, value is null ? null : personal.Hash(column.Name, value));
    }

    // one value has one hash, however it is written
    private static string TextOf(ColumnSchema column, LoggedCells cells, in RawCell cell) =>
        column.Kind == ColumnKind.Numeric ? NumberOf(cells, cell).ToString(CultureInfo.InvariantCulture) : Registry.Rows.CategoryValue.Of(TextOf(cells.Token(cell)).Trim());

    // a JSON string, number, true or false
    private static string TextOf(ReadOnlySpan<byte> token)
    {
        if (token[0] != '"')
            return System.Text.Encoding.UTF8.GetString(token);
        var json = new Utf8JsonReader(token);
        json.Read();
        return json.GetString()!;
    }

    private static void Copy(ReadOnlySpan<float> values, ref float[] kept)
    {
        if (kept.Length < values.Length)
            kept = new float[values.Length];
        values.CopyTo(kept);
    }

    private static double NumberOf(LoggedCells cells, in RawCell cell) => cell.IsNumber ? cell.Number : TextOf(cells.Token(cell)) switch
    {
        "true" => 1,
        "false" => 0,
        var text => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };
}
