using System.Globalization;
using System.Text.Json;
using Slipway.Inference.Generations;
using Slipway.Inference.Protocol;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;

namespace Slipway.Inference.Requests;

/// <summary>
/// Encodes raw values into a batch with the one <see cref="FeatureEncoder"/>, marks columns out of range, and keeps the raw cells for the
/// log if asked. Columns that a request does not contain stay missing. Reused for the next request.
/// </summary>
public sealed class RowEncoder
{
    private const int MaxNumberLength = 256;
    private const int MarksWorthKeeping = 1 << 20;

    private FeatureEncoder _encoder = new([]);
    private RowBatch? _batch;
    private bool[] _outOfRange = [];
    private CellMark[] _marks = [];

    public RawCells Cells { get; } = new();

    /// <summary>By column.</summary>
    public Span<bool> OutOfRange => _outOfRange.AsSpan(0, _encoder.ColumnCount);

    /// <summary>What the values of a raw row are, by column.</summary>
    public ReadOnlySpan<CellMark> Marks(int row) => _marks.AsSpan(row * _encoder.ColumnCount, _encoder.ColumnCount);

    public string NameOf(int column) => _encoder.Column(column).Name;

    /// <summary>For encoded rows, which only need the marks.</summary>
    public void StartEncoded(ModelProfile profile) => Start(profile, null);

    /// <summary>For raw rows: everything starts as missing.</summary>
    public void StartRaw(ModelProfile profile, RowBatch batch, bool record)
    {
        Start(profile, batch);
        Cells.Start(record, batch.Rows, _encoder.ColumnCount);
        StartMarks(batch.Rows * _encoder.ColumnCount);
        batch.Inputs.Clear();
        for (var row = 0; row < batch.Rows; row++)
            for (var column = 0; column < _encoder.ColumnCount; column++)
                _encoder.EncodeMissing(column, batch.Input(row));
    }

    public void Text(int row, int column, ReadOnlySpan<char> text)
    {
        var encoded = _encoder.Encode(column, text, Row(row));
        Note(encoded, row, column, text);
        if (!Cells.Recording || encoded == EncodedValue.Missing)
            return;
        if (_encoder.Column(column).Kind == ColumnKind.Numeric)
            Cells.Number(row, column, PreciseOf(text));
        else
            Cells.Text(row, column, text);
    }

    /// <summary>The reader's current token: string, number, boolean or null.</summary>
    public void Json(int row, int column, ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.Number:
                Number(row, column, ref json);
                break;
            case JsonTokenType.String:
                String(row, column, ref json);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                Boolean(row, column, json.TokenType == JsonTokenType.True);
                break;
            case JsonTokenType.Null:
                break;
            default:
                throw RequestException.BadValue(column, $"'{ShownText.Of(NameOf(column))}' in row {row + 1} is {JsonExpectation.Word(json.TokenType)}; expected a number, a string, a boolean or null.");
        }
    }

    private void Number(int row, int column, ref Utf8JsonReader json)
    {
        if (_encoder.Column(column).Kind == ColumnKind.Categorical)
        {
            Span<char> text = stackalloc char[MaxNumberLength];
            var length = Math.Min(json.ValueSpan.Length, MaxNumberLength);
            System.Text.Encoding.ASCII.GetChars(json.ValueSpan[..length], text);
            Note(_encoder.Encode(column, text[..length], Row(row)), row, column, text[..length]);
            Cells.Token(row, column, json.ValueSpan);
        }
        else
        {
            if (!ShortDecimal.TryParse(json.ValueSpan, out var number, out var precise) && (!json.TryGetSingle(out number) || !json.TryGetDouble(out precise) || !float.IsFinite(number)))
                throw RequestException.BadValue(column, $"'{ShownText.Of(NameOf(column))}' in row {row + 1} does not fit a 32-bit floating point number.");
            Note(_encoder.Encode(column, number, Row(row)), row, column, default);
            Cells.Number(row, column, precise);
        }
    }

    private void String(int row, int column, ref Utf8JsonReader json)
    {
        Span<char> room = stackalloc char[JsonText.Room];
        var length = JsonText.Read(ref json, room, out var rented);
        try
        {
            var text = (rented is null ? room : rented)[..length];
            var encoded = _encoder.Encode(column, text, Row(row));
            Note(encoded, row, column, text);
            if (encoded != EncodedValue.Missing)
                Cells.Quoted(row, column, json.ValueSpan);
        }
        finally
        {
            JsonText.Return(rented);
        }
    }

    public void Boolean(int row, int column, bool value)
    {
        if (_encoder.Column(column).Kind == ColumnKind.Categorical)
        {
            var word = value ? CategoryValue.True : CategoryValue.False;
            Note(_encoder.Encode(column, word, Row(row)), row, column, word);
        }
        else
        {
            Note(_encoder.Encode(column, value ? 1f : 0f, Row(row)), row, column, default);
        }

        Cells.Token(row, column, value ? "true"u8 : "false"u8);
    }

    private void Note(EncodedValue encoded, int row, int column, ReadOnlySpan<char> text)
    {
        if (encoded == EncodedValue.NonNumericKind || (encoded == EncodedValue.OutOfRange && IsInfinite(column, text)))
            throw RequestException.BadValue(column, $"'{ShownText.Of(NameOf(column))}' in row {row + 1} is '{ShownText.Of(text)}', which is not a finite number.");
        if (encoded == EncodedValue.OutOfRange)
            _outOfRange[column] = true;
        if (encoded != EncodedValue.Missing)
            _marks[row * _encoder.ColumnCount + column] = encoded == EncodedValue.OutOfRange ? CellMark.Unknown : CellMark.Known;
    }

    private void StartMarks(int cells)
    {
        if (_marks.Length < cells || _marks.Length > MarksWorthKeeping)
            _marks = new CellMark[cells];
        _marks.AsSpan(0, cells).Clear();
    }

    // '1e99' and 'Infinity' parse as infinite floats
    private bool IsInfinite(int column, ReadOnlySpan<char> text) =>
        _encoder.Column(column).Kind == ColumnKind.Numeric
        && float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsInfinity(number);

    // of the shortest text that is the same 32-bit number: whoever sends text does not expect more than what is predicted with
    private static double PreciseOf(ReadOnlySpan<char> text)
    {
        if (ShortDecimal.TryParse(text, out _, out var precise))
            return precise;
        Span<char> shortest = stackalloc char[32];
        float.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).TryFormat(shortest, out var length, default, CultureInfo.InvariantCulture);
        return double.Parse(shortest[..length], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private Span<float> Row(int row) => (_batch ?? throw new InvalidOperationException("Raw rows need a batch.")).Input(row);

    private void Start(ModelProfile profile, RowBatch? batch)
    {
        _encoder = profile.Encoder;
        _batch = batch;
        if (_outOfRange.Length < _encoder.ColumnCount)
            _outOfRange = new bool[_encoder.ColumnCount];
        _outOfRange.AsSpan().Clear();
        Cells.Start(recording: false, 0, 0);
    }
}

/// <summary>What a raw value is.</summary>
public enum CellMark : byte
{
    Missing,
    Known,

    /// <summary>A category that training did not see, or a number outside the training range.</summary>
    Unknown,
}
