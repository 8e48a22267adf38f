using Slipway.Inference.Generations;
using Slipway.Inference.Requests;

namespace Slipway.Inference.Monitoring;

/// <summary>The counts of the requests that one core has answered. Whoever has entered it is alone in it.</summary>
public sealed class TallyShard(MonitoredModel model)
{
    private readonly long[] _counts = new long[model.Length];
    private readonly float[] _minima = Filled(model.Columns.Length, float.PositiveInfinity);
    private readonly float[] _maxima = Filled(model.Columns.Length, float.NegativeInfinity);
    private int _taken;

    public bool TryEnter() => Volatile.Read(ref _taken) == 0 && Interlocked.Exchange(ref _taken, 1) == 0;

    public void Leave() => Volatile.Write(ref _taken, 0);

    /// <summary>Rows that came as raw values.</summary>
    public void AddRaw(RowBatch batch, RowEncoder rows)
    {
        for (var row = 0; row < batch.Rows; row++)
        {
            var features = batch.Input(row);
            var marks = rows.Marks(row);
            for (var i = 0; i < model.Columns.Length; i++)
            {
                var column = model.Columns[i];
                if (marks[i] == CellMark.Missing)
                    _counts[column.MissingAt]++;
                else if (column.Bins is not null)
                    AddNumber(i, column, features[column.Feature]);
                else if (marks[i] == CellMark.Unknown)
                    _counts[column.At + column.Length - 1]++;
                else
                    _counts[column.At + features.Slice(column.Feature, column.Length - 1).IndexOf(1f)]++;
            }
        }

        AddOutputs(batch);
    }

    /// <summary>Rows that came as encoded features: no category is a missing or an unknown one, and more than one is none that the encoder knows.</summary>
    public void AddEncoded(RowBatch batch)
    {
        for (var row = 0; row < batch.Rows; row++)
        {
            var features = batch.Input(row);
            for (var i = 0; i < model.Columns.Length; i++)
            {
                var column = model.Columns[i];
                if (column.Bins is not null)
                    AddNumber(i, column, features[column.Feature]);
                else
                    AddCategory(column, features.Slice(column.Feature, column.Length - 1));
            }
        }

        _counts[MonitoredModel.EncodedRowsAt] += batch.Rows;
        AddOutputs(batch);
    }

    /// <summary>Adds what is here to the totals.</summary>
    public void AddTo(long[] counts, float[] minima, float[] maxima)
    {
        for (var i = 0; i < counts.Length; i++)
            counts[i] += _counts[i];
        for (var i = 0; i < minima.Length; i++)
            (minima[i], maxima[i]) = (Math.Min(minima[i], _minima[i]), Math.Max(maxima[i], _maxima[i]));
    }

    private void AddNumber(int index, MonitoredColumn column, float value)
    {
        _counts[column.At + column.Bins!.Of(value)]++;
        if (value < column.Minimum || value > column.Maximum)
            _counts[column.OutOfRangeAt]++;
        if (value < _minima[index])
            _minima[index] = value;
        if (value > _maxima[index])
            _maxima[index] = value;
    }

    private void AddCategory(MonitoredColumn column, ReadOnlySpan<float> features)
    {
        var set = features.IndexOfAnyExcept(0f);
        if (set < 0)
            _counts[column.MissingAt]++;
        else if (features[set] == 1 && !features[(set + 1)..].ContainsAnyExcept(0f))
            _counts[column.At + set]++;
        else
            _counts[column.At + column.Length - 1]++;
    }

    private void AddOutputs(RowBatch batch)
    {
        _counts[MonitoredModel.RowsAt] += batch.Rows;
        if (model.Output is not { } output)
            return;
        for (var row = 0; row < batch.Rows; row++)
            _counts[output.At + (output.Bins is { } bins ? bins.Of(batch.Output(row)[0]) : model.Profile.LabelOf(batch.Output(row)))]++;
    }

    private static float[] Filled(int length, float value)
    {
        var filled = new float[length];
        Array.Fill(filled, value);
        return filled;
    }
}
