using Slipway.PredictionLogs.Schema;

namespace Slipway.PredictionLogs.Writing;

/// <summary>
/// Rows of <see cref="PredictionColumns"/>: <see cref="Begin"/>, the values of the row, and <see cref="EndRaw"/> or <see cref="EndEncoded"/>.
/// </summary>
public sealed class PredictionRows : LogRows
{
    // how much of the path to a value exists
    private const int NoContainer = 0, EmptyContainer = 1, NullInContainer = 2;

    private readonly LogColumnWriter<ReadOnlyMemory<char>> _id, _model, _job, _color, _replica, _numberColumn, _categoryColumn, _category, _predicted;
    private readonly LogColumnWriter<int> _row, _version, _latency;
    private readonly LogColumnWriter<DateTime> _at;
    private readonly LogColumnWriter<double> _number;
    private readonly LogColumnWriter<float> _feature, _output;
    private int _numbers;
    private int _categories;

    public PredictionRows() : base(
        PredictionColumns.Schema,
        Options(
            [PredictionColumns.Model, PredictionColumns.TrainingJob, PredictionColumns.Color, PredictionColumns.Replica, PredictionColumns.NumberColumn, PredictionColumns.CategoryColumn,
                PredictionColumns.CategoryValue, PredictionColumns.Predicted],
            PredictionColumns.RowIndex, PredictionColumns.PredictedAt, PredictionColumns.Version, PredictionColumns.Latency))
    {
        // in the order of the schema
        _id = Column<ReadOnlyMemory<char>>(PredictionColumns.PredictionId);
        _row = Column<int>(PredictionColumns.RowIndex);
        _at = Column<DateTime>(PredictionColumns.PredictedAt);
        _model = Column<ReadOnlyMemory<char>>(PredictionColumns.Model);
        _version = Column<int>(PredictionColumns.Version);
        _job = Column<ReadOnlyMemory<char>>(PredictionColumns.TrainingJob);
        _color = Column<ReadOnlyMemory<char>>(PredictionColumns.Color);
        _replica = Column<ReadOnlyMemory<char>>(PredictionColumns.Replica);
        _numberColumn = Column<ReadOnlyMemory<char>>(PredictionColumns.NumberColumn);
        _number = Column<double>(PredictionColumns.NumberValue);
        _categoryColumn = Column<ReadOnlyMemory<char>>(PredictionColumns.CategoryColumn);
        _category = Column<ReadOnlyMemory<char>>(PredictionColumns.CategoryValue);
        _feature = Column<float>(PredictionColumns.Feature);
        _output = Column<float>(PredictionColumns.Output);
        _predicted = Column<ReadOnlyMemory<char>>(PredictionColumns.Predicted);
        _latency = Column<int>(PredictionColumns.Latency);
    }

    /// <param name="row">From 0.</param>
    /// <param name="predicted">The predicted class; null for regression.</param>
    public void Begin(in PredictionHead head, int row, ReadOnlySpan<float> outputs, string? predicted)
    {
        _id.Add(head.PredictionId);
        _row.Add(row);
        _at.Add(head.At.UtcDateTime);
        _model.Add(head.Model.AsMemory());
        _version.Add(head.Version);
        _job.Add(head.TrainingJob.AsMemory());
        _color.Add(head.Color.AsMemory());
        _replica.Add(head.Replica.AsMemory());
        if (outputs.IsEmpty)
            _output.AddNull(EmptyContainer);
        for (var i = 0; i < outputs.Length; i++)
            _output.Add(outputs[i], Repetition(i));
        if (predicted is null)
            _predicted.AddNull(NoContainer);
        else
            _predicted.Add(predicted.AsMemory());
        _latency.Add((int)Math.Clamp(Math.Round(head.Microseconds), 0, int.MaxValue));
        _numbers = _categories = 0;
    }

    /// <param name="value">Null if it was missing.</param>
    public void Number(string column, double? value)
    {
        var repetition = Repetition(_numbers++);
        _numberColumn.Add(column.AsMemory(), repetition);
        if (value is { } number)
            _number.Add(number, repetition);
        else
            _number.AddNull(NullInContainer, repetition);
    }

    /// <param name="value">Null if it was missing.</param>
    public void Category(string column, string? value)
    {
        var repetition = Repetition(_categories++);
        _categoryColumn.Add(column.AsMemory(), repetition);
        if (value is not null)
            _category.Add(value.AsMemory(), repetition);
        else
            _category.AddNull(NullInContainer, repetition);
    }

    /// <summary>The row came as raw values.</summary>
    public void EndRaw()
    {
        EndMaps(EmptyContainer);
        _feature.AddNull(NoContainer);
        CountRow();
    }

    /// <summary>The row came encoded.</summary>
    /// <param name="hidden">Features that are not logged; empty for none.</param>
    public void EndEncoded(ReadOnlySpan<float> features, ReadOnlySpan<bool> hidden)
    {
        EndMaps(NoContainer);
        if (features.IsEmpty)
            _feature.AddNull(EmptyContainer);
        for (var i = 0; i < features.Length; i++)
            if (!hidden.IsEmpty && hidden[i])
                _feature.AddNull(NullInContainer, Repetition(i));
            else
                _feature.Add(features[i], Repetition(i));
        CountRow();
    }

    private void EndMaps(int definition)
    {
        if (_numbers == 0)
        {
            _numberColumn.AddNull(definition);
            _number.AddNull(definition);
        }

        if (_categories == 0)
        {
            _categoryColumn.AddNull(definition);
            _category.AddNull(definition);
        }
    }

    private static int Repetition(int index) => index == 0 ? 0 : 1;
}
