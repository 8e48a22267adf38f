using Slipway.Inference.Generations;

namespace Slipway.Inference.Bakes;

/// <summary>What live requests show of one generation, from its swap on. Every answer is noted here, without an allocation and without a lock.</summary>
public sealed class LiveTraffic
{
    private readonly AnswerTally _tally;
    private volatile Bake? _bake;

    /// <param name="before">The traffic of the generation before, whose requests are kept if this one encodes them equally; null if there was none.</param>
    public LiveTraffic(ModelProfile profile, BakeSettings settings, LiveTraffic? before)
    {
        _tally = new(profile);
        Rows = before?.Rows is { } rows && rows.Profile.EncodesLike(profile) ? rows : RecentRows.For(profile, settings.RecentRows);
    }

    /// <summary>Null if none are kept.</summary>
    public RecentRows? Rows { get; }

    /// <summary>Null unless the generation bakes.</summary>
    public Bake? Bake
    {
        get => _bake;
        set => _bake = value;
    }

    public BakeBaseline Baseline(BakeBounds bounds) => _tally.Baseline(bounds);

    /// <summary>A run that gave finite predictions.</summary>
    /// <param name="number">Of the request, which chooses the row that stands for it.</param>
    public void Answered(RowBatch batch, TimeSpan elapsed, ulong number)
    {
        var row = (int)(number % (ulong)batch.Rows);
        _tally.Answered(batch.Rows, elapsed, batch.Output(row));
        Rows?.Keep(batch.Input(row));
        _bake?.Answered(batch.Rows, elapsed, batch.Output(row));
    }

    /// <summary>A run that threw, or that predicted something else than a finite number although the request is not the reason.</summary>
    public void Failed(RowBatch batch)
    {
        _tally.Failed();
        _bake?.Failed(batch);
    }

    /// <param name="started">When the run began.</param>
    public void TimedOut(RowBatch batch, long started)
    {
        _tally.Failed();
        _bake?.TimedOut(batch, started);
    }
}
