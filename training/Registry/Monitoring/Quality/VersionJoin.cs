using System.Text.Json;

namespace Slipway.Registry.Monitoring.Quality;

/// <summary>The rows of one version while an hour is joined.</summary>
internal sealed class VersionJoin(JoinedModel model)
{
    private readonly QualityTally _labels = model.Tally();
    private readonly SortedDictionary<string, QualityTally> _slices = new(StringComparer.Ordinal);
    private readonly EstimateTally? _estimate = model.Estimate();
    private readonly SortedDictionary<int, long> _delays = [];
    private long _predictions, _labeled;

    public void Add(ReadOnlySpan<float> outputs, JsonElement inputs, int row)
    {
        _predictions++;
        _estimate?.Add(outputs, model.Features(inputs, row));
    }

    public void Add(ReadOnlySpan<float> outputs, JsonElement inputs, int row, double label, TimeSpan delay)
    {
        _labeled++;
        _labels.Add(outputs, label);
        foreach (var name in model.Slices(inputs, row))
        {
            if (!_slices.TryGetValue(name, out var slice))
                _slices.Add(name, slice = model.Tally());
            slice.Add(outputs, label);
        }

        var bucket = DelayCounts.BucketOf(delay);
        _delays[bucket] = _delays.GetValueOrDefault(bucket) + 1;
    }

    public JoinedVersion Complete() => new(
        model.Version, _predictions, _labeled, _labels.ToSums(),
        _slices.ToDictionary(slice => slice.Key, slice => slice.Value.ToSums(), StringComparer.Ordinal),
        _estimate?.ToSums() ?? TallySums.None, new(_delays));
}
