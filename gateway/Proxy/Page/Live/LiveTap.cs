using Slipway.Registry.Channels;

namespace Slipway.Gateway.Page.Live;

/// <summary>
/// The last predictions that passed through this gateway, kept only while somebody watches. Neither inputs nor anything else that callers sent is kept.
/// </summary>
public sealed class LiveTap(TimeProvider time)
{
    public const int MaxPredictions = 100;

    /// <summary>How long a look lasts: a page that is open looks again before that.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    private readonly Lock _turn = new();
    private readonly Queue<TappedPrediction> _last = new(MaxPredictions);
    private long _until;
    private long _number;

    /// <summary>Asked for each request, so it costs nothing while nobody has ever looked.</summary>
    public bool IsWatched => Volatile.Read(ref _until) is not 0 and var until && time.GetTimestamp() < until;

    public void Watch()
    {
        if (!IsWatched)
            Clear(); // what is left from an earlier look is not what is happening now
        Volatile.Write(ref _until, time.GetTimestamp() + (long)(Look.TotalSeconds * time.TimestampFrequency));
    }

    public void Add(TappedPrediction prediction)
    {
        lock (_turn)
        {
            if (_last.Count == MaxPredictions)
                _last.Dequeue();
            _last.Enqueue(prediction);
            _number++;
        }
    }

    /// <summary>Changes with each prediction.</summary>
    public long Number
    {
        get
        {
            lock (_turn)
                return _number;
        }
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<TappedPrediction> Last(Color? color, string? model)
    {
        lock (_turn)
            return [.. _last.Reverse().Where(one => (color is null || one.Color == color) && (model is null || one.Model == model))];
    }

    private void Clear()
    {
        lock (_turn)
            _last.Clear();
    }
}

/// <param name="Color">Null if no server answered.</param>
/// <param name="Id">The prediction id; null if the answer has none.</param>
/// <param name="Answer">The predicted values; null if they cannot be read from the answer.</param>
public sealed record TappedPrediction(DateTimeOffset At, Color? Color, string Model, string? Id, int Status, TimeSpan Elapsed, string? Answer);
