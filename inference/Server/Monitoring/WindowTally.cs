using Slipway.Registry.Monitoring.Drift;

namespace Slipway.Inference.Monitoring;

/// <summary>The counts of a model version in one window of time: a shard for each request that may compute at the same time, so that none waits for another.</summary>
/// <param name="shards">At least one more than requests may compute at the same time.</param>
public sealed class WindowTally(MonitoredModel model, DateTimeOffset start, TimeSpan length, int shards)
{
    private readonly TallyShard?[] _shards = new TallyShard?[shards];
    private readonly long[] _typeFailures = new long[model.Columns.Length];
    private readonly long _startTicks = start.UtcTicks;
    private readonly long _endTicks = start.UtcTicks + length.Ticks;

    public DateTimeOffset Start => start;
    public DateTimeOffset End => start + length;

    public bool Contains(DateTimeOffset at) => at.UtcTicks >= _startTicks && at.UtcTicks < _endTicks;

    /// <summary>A shard that no other thread uses. The caller leaves it.</summary>
    public TallyShard Enter()
    {
        var spin = new SpinWait();
        for (var at = Thread.GetCurrentProcessorId() % _shards.Length; ; at = (at + 1) % _shards.Length)
        {
            var shard = Volatile.Read(ref _shards[at]) ?? Made(at);
            if (shard.TryEnter())
                return shard;
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    public void TypeFailed(int column) => Interlocked.Increment(ref _typeFailures[column]);

    /// <summary>Everything that was counted until now.</summary>
    public DriftWindow Snapshot(string replica, DateTimeOffset at)
    {
        var counts = new long[model.Length];
        float[] minima = [.. Enumerable.Repeat(float.PositiveInfinity, model.Columns.Length)];
        float[] maxima = [.. Enumerable.Repeat(float.NegativeInfinity, model.Columns.Length)];
        foreach (var shard in _shards)
            if (shard is not null)
                Read(shard, counts, minima, maxima);
        var manifest = model.Profile.Manifest;
        return new(
            manifest.Model, manifest.Version, manifest.Artifact.OnnxSha256, start, length, [replica], counts[MonitoredModel.RowsAt], counts[MonitoredModel.EncodedRowsAt],
            [.. model.Columns.Select((column, i) => Of(column, counts, Interlocked.Read(ref _typeFailures[i]), minima[i], maxima[i]))],
            model.Output is { } output ? Of(output, counts, 0, float.PositiveInfinity, 0) : null, at);
    }

    private static void Read(TallyShard shard, long[] counts, float[] minima, float[] maxima)
    {
        var spin = new SpinWait();
        while (!shard.TryEnter())
            spin.SpinOnce();
        shard.AddTo(counts, minima, maxima);
        shard.Leave();
    }

    private static ColumnCounts Of(MonitoredColumn column, long[] counts, long typeFailures, float minimum, float maximum)
    {
        var isEmpty = minimum > maximum || column.Bins is null;
        return new(
            column.Name, counts[column.At..(column.At + column.Length)], counts[column.MissingAt], counts[column.OutOfRangeAt], typeFailures,
            isEmpty ? null : minimum, isEmpty ? null : maximum, column.ImputedBin);
    }

    private TallyShard Made(int at)
    {
        var made = new TallyShard(model);
        return Interlocked.CompareExchange(ref _shards[at], made, null) ?? made;
    }
}
