using Parquet;
using Parquet.Schema;

namespace Slipway.PredictionLogs.Writing;

/// <summary>
/// Rows on their way into one Parquet object. Row groups are limited, and so is the memory of rows that are not compressed yet. What belongs to one record is added
/// between <see cref="Mark"/> and <see cref="EndAsync"/>, and can be taken back until then, so that a record is never in two row groups.
/// </summary>
public abstract class LogRows : IDisposable
{
    private const int RowsInGroup = 16_384;

    private readonly MemoryStream _content = new();
    private readonly ParquetSchema _schema;
    private readonly ParquetOptions _options;
    private readonly int _rowsInGroup;
    private readonly List<LogColumnWriter> _columns = [];
    private ParquetWriter? _writer;
    private int _rows;
    private int _marked;

    private protected LogRows(ParquetSchema schema, ParquetOptions options, int rowsInGroup = RowsInGroup) => (_schema, _options, _rowsInGroup) = (schema, options, rowsInGroup);

    /// <summary>Of all row groups.</summary>
    public long Rows { get; private set; }

    public void Mark()
    {
        foreach (var column in _columns)
            column.Mark();
        _marked = _rows;
    }

    /// <summary>Takes back everything since the mark.</summary>
    public void Rollback()
    {
        foreach (var column in _columns)
            column.Rollback();
        Rows -= _rows - _marked;
        _rows = _marked;
    }

    /// <summary>The record is complete.</summary>
    public ValueTask EndAsync(CancellationToken cancellation) => _rows >= _rowsInGroup ? new(WriteGroupAsync(cancellation)) : ValueTask.CompletedTask;

    /// <summary>Nothing can be added afterwards.</summary>
    public async Task CompleteAsync(CancellationToken cancellation)
    {
        if (_rows > 0 || _writer is null)
            await WriteGroupAsync(cancellation);
        await _writer!.DisposeAsync();
        Release();
    }

    /// <summary>The object, after <see cref="CompleteAsync"/>.</summary>
    public Stream Read() => new MemoryStream(_content.GetBuffer(), 0, (int)_content.Length, writable: false);

    public void Dispose()
    {
        _content.Dispose();
        Release();
        GC.SuppressFinalize(this);
    }

    private protected LogColumnWriter<T> Column<T>(DataField field) where T : struct
    {
        var column = new LogColumnWriter<T>(field);
        _columns.Add(column);
        return column;
    }

    private protected void CountRow()
    {
        _rows++;
        Rows++;
    }

    // Zstandard compresses the ids, of which most characters repeat, to about the bytes that are random. Its fastest level takes less time than the default, and fewer
    // bytes: 29.1 instead of 30.7 a prediction. Athena and DuckDB read it, and all the encodings.
    private protected static ParquetOptions Options(IEnumerable<DataField> dictionaries, params DataField[] deltas)
    {
        var options = new ParquetOptions
        {
            CompressionMethod = CompressionMethod.Zstd,
            CompressionLevel = System.IO.Compression.CompressionLevel.Fastest,
            DictionaryEncodingThreshold = 0.5,
        };
        foreach (var field in dictionaries)
            options.ColumnEncodingHints[field.Path.ToString()] = EncodingHint.Dictionary;
        foreach (var field in deltas)
            options.ColumnEncodingHints[field.Path.ToString()] = EncodingHint.DeltaBinaryPacked;
        return options;
    }

    private void Release()
    {
        foreach (var column in _columns)
            column.Release();
    }

    private async Task WriteGroupAsync(CancellationToken cancellation)
    {
        _writer ??= await ParquetWriter.CreateAsync(_schema, _content, _options, cancellationToken: cancellation);
        using var group = _writer.CreateRowGroup();
        foreach (var column in _columns)
        {
            await column.WriteAsync(group, cancellation);
            column.Clear();
        }

        group.CompleteValidate();
        _rows = _marked = 0;
    }
}
