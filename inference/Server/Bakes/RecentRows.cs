using Slipway.Inference.Generations;

namespace Slipway.Inference.Bakes;

/// <summary>
/// The latest live requests of a model, one encoded row of each, in memory that is allocated once: at most <see cref="MaxBytes"/> a model. What the model's spec
/// calls personal is replaced as if it were missing. A request adds to it without an allocation and without a lock.
/// </summary>
public sealed class RecentRows
{
    public const int MaxBytes = 1 << 20;

    private readonly float[] _rows;

    // odd while a row is being written
    private readonly int[] _marks;
    private readonly int _width;
    private int _next;

    private RecentRows(ModelProfile profile, int capacity)
    {
        (Profile, _width) = (profile, profile.Encoder.Width);
        (_rows, _marks) = (new float[capacity * _width], new int[capacity]);
    }

    /// <summary>Of the version that encoded them.</summary>
    public ModelProfile Profile { get; }

    public int Capacity => _marks.Length;

    /// <returns>Null if there is to be none, or if not even one row fits.</returns>
    public static RecentRows? For(ModelProfile profile, int most) =>
        Math.Min(most, MaxBytes / (sizeof(float) * Math.Max(1, profile.Encoder.Width))) is > 0 and var capacity ? new(profile, capacity) : null;

    public void Keep(ReadOnlySpan<float> row)
    {
        var at = (int)((uint)Interlocked.Increment(ref _next) % (uint)_marks.Length);
        ref var mark = ref _marks[at];
        var seen = Volatile.Read(ref mark);
        // another request that writes this row right now is as recent
        if ((seen & 1) != 0 || Interlocked.CompareExchange(ref mark, seen + 1, seen) != seen)
            return;
        var kept = _rows.AsSpan(at * _width, _width);
        row.CopyTo(kept);
        Profile.HidePersonal(kept);
        Volatile.Write(ref mark, seen + 2);
    }

    /// <summary>Those that are there now; a row that is being written is left out.</summary>
    public IReadOnlyList<float[]> Copy()
    {
        var rows = new List<float[]>(_marks.Length);
        for (var at = 0; at < _marks.Length; at++)
        {
            var seen = Volatile.Read(ref _marks[at]);
            if (seen == 0 || (seen & 1) != 0)
                continue;
            var row = _rows.AsSpan(at * _width, _width).ToArray();
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref _marks[at]) == seen)
                rows.Add(row);
        }

        return rows;
    }
}
