using System.Collections.Concurrent;
using Slipway.Registry.Monitoring.Drift;

namespace Slipway.Gateway.Monitoring;

/// <summary>The newest verdict of each model, for metrics; empty while another gateway holds the lease.</summary>
public sealed class CurrentDrift(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DriftVerdict> _verdicts = new(StringComparer.Ordinal);

    /// <summary>Those that still say something: without requests, nothing is known after a while.</summary>
    public IEnumerable<DriftVerdict> All => _verdicts.Values.Where(verdict => IsCurrent(verdict, time.GetUtcNow()));

    public static bool IsCurrent(DriftVerdict verdict, DateTimeOffset now) => now < verdict.Start + 3 * verdict.Length + DriftWindows.GraceOf(verdict.Length);

    public DriftVerdict? Of(string model) => _verdicts.GetValueOrDefault(model);

    public void Set(DriftVerdict verdict) => _verdicts[verdict.Model] = verdict;

    public void Clear() => _verdicts.Clear();
}
