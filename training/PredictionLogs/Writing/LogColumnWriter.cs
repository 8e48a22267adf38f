using Parquet;
using Parquet.Schema;

namespace Slipway.PredictionLogs.Writing;

/// <summary>A column of a row group while it is filled. Its memory is reused for the next row group.</summary>
internal abstract class LogColumnWriter
{
    public abstract void Mark();
    public abstract void Rollback();
    public abstract void Clear();

    /// <summary>Clears it, and returns its memory.</summary>
    public abstract void Release();

    public abstract Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancellation);
}

/// <param name="field">Part of a schema, which defines its levels.</param>
internal sealed class LogColumnWriter<T>(DataField field) : LogColumnWriter where T : struct
{
    private readonly LogBuffer<T> _values = new();
    private readonly LogBuffer<int>? _definitions = field.MaxDefinitionLevel > 0 ? new() : null;
    private readonly LogBuffer<int>? _repetitions = field.MaxRepetitionLevel > 0 ? new() : null;

    /// <param name="repetition">0 for the first value of a row, 1 for the others.</param>
    public void Add(T value, int repetition = 0)
    {
        _values.Add(value);
        _definitions?.Add(field.MaxDefinitionLevel);
        _repetitions?.Add(repetition);
    }

    /// <param name="definition">How much of the path to a value exists: 0 is nothing.</param>
    public void AddNull(int definition, int repetition = 0)
    {
        _definitions!.Add(definition);
        _repetitions?.Add(repetition);
    }

    public override void Mark()
    {
        _values.Mark();
        _definitions?.Mark();
        _repetitions?.Mark();
    }

    public override void Rollback()
    {
        _values.Rollback();
        _definitions?.Rollback();
        _repetitions?.Rollback();
    }

    public override void Clear()
    {
        _values.Clear();
        _definitions?.Clear();
        _repetitions?.Clear();
    }

    public override void Release()
    {
        _values.Release();
        _definitions?.Release();
        _repetitions?.Release();
    }

    public override Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancellation) =>
        group.WriteAllPartsAsync(field, _values.Written, _definitions?.Written, _repetitions?.Written, cancellation);
}
