using System.Collections.Concurrent;
using Slipway.Gateway.Replicas;
using Slipway.Gateway.Rollouts;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;

namespace Slipway.Gateway.Status;

/// <summary>
/// Requests by model and color, since the gateway started. Only models that some server has are counted, so that callers cannot make up names.
/// Counting allocates nothing once a model has been requested.
/// </summary>
public sealed class ModelTraffic(Fleet fleet, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, ModelCounts> _models = new(StringComparer.Ordinal);

    /// <summary>Null if it has not been requested.</summary>
    public ModelCounts? Of(string model) => _models.GetValueOrDefault(model);

    /// <summary>The counts of the model that a request was for; null if none of ours can be told from it.</summary>
    public ModelCounts? Of(HttpContext context)
    {
        // the answer says which model it was, where the path does not
        var name = context.Response.Headers[SlipwayHeaders.PredictionId] is [{ } id] && id.IndexOf('.') is > 0 and var end ? id.AsSpan(0, end) : ModelPath.Of(context.Request.Path);
        if (name.IsEmpty)
            return null;
        if (_models.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var counts))
            return counts;
        return Known(name) is { } model ? _models.GetOrAdd(model, static (_, time) => new(time), time) : null;
    }

    private string? Known(ReadOnlySpan<char> name)
    {
        foreach (var replica in fleet.Current.All)
        {
            foreach (var served in replica.Heartbeat.Models)
            {
                if (name.SequenceEqual(served.Model))
                    return served.Model;
            }
        }
        return null;
    }
}

public sealed class ModelCounts(TimeProvider time)
{
    private readonly ColorCounts[] _colors = [.. Colors.All.Select(_ => new ColorCounts(new(time)))];

    public ColorCounts Of(Color color) => _colors[(int)color];
}
