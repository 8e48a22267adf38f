using Slipway.Benchmarks.Load;

namespace Slipway.Soak.Load;

/// <summary>What callers noticed. Several threads add to it.</summary>
public sealed class LoadFigures(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly LatencyHistogram _latencies = new();
    private readonly Dictionary<string, long> _versions = new(StringComparer.Ordinal);

    /// <summary>Those of several windows together.</summary>
    public static LoadFigures Sum(IEnumerable<LoadFigures> windows, TimeProvider time)
    {
        var sum = new LoadFigures(time);
        foreach (var window in windows)
        {
            (sum.Sent, sum.Lost, sum.FirstLoss) = (sum.Sent + window.Sent, sum.Lost + window.Lost, sum.FirstLoss ?? window.FirstLoss);
            (sum.Refused, sum.Reset) = (sum.Refused + window.Refused, sum.Reset + window.Reset);
            sum._latencies.Add(window._latencies);
        }

        return sum;
    }

    public long Sent { get; private set; }

    /// <summary>Requests without a response of 200.</summary>
    public long Lost { get; private set; }

    /// <summary>The first of these; null if there is none.</summary>
    public string? FirstLoss { get; private set; }

    /// <summary>Attempts whose connection was refused, and that were made again elsewhere.</summary>
    public long Refused { get; private set; }

    /// <summary>Attempts whose connection was reset before a response began, and that were made again elsewhere.</summary>
    public long Reset { get; private set; }

    /// <summary>How many responses a version of the model gave.</summary>
    public long Of(string version)
    {
        lock (_gate)
            return _versions.GetValueOrDefault(version);
    }

    /// <summary>In milliseconds, from the moment at which a request was due.</summary>
    public double Percentile(double share)
    {
        lock (_gate)
            return _latencies.Percentile(share) * 1000.0 / time.TimestampFrequency;
    }

    public void Answered(long due, string version)
    {
        var ticks = time.GetTimestamp() - due;
        lock (_gate)
        {
            Sent++;
            _latencies.Add(ticks);
            _versions[version] = _versions.GetValueOrDefault(version) + 1;
        }
    }

    public void Failed(string reason)
    {
        lock (_gate)
        {
            Sent++;
            Lost++;
            FirstLoss ??= reason;
        }
    }

    public void Again(bool wasRefused)
    {
        lock (_gate)
            if (wasRefused)
                Refused++;
            else
                Reset++;
    }
}
