using System.Collections.Concurrent;
using Slipway.Registry.Monitoring.Quality;

namespace Slipway.Gateway.Monitoring;

/// <summary>The newest quality of each model, for metrics; empty while another gateway holds the lease.</summary>
public sealed class CurrentQuality
{
    private readonly ConcurrentDictionary<string, (string ETag, QualityReport Report)> _reports = new(StringComparer.Ordinal);

    public IEnumerable<QualityReport> All => _reports.Values.Select(report => report.Report);

    public string? ETagOf(string model) => _reports.TryGetValue(model, out var report) ? report.ETag : null;

    public void Set(string model, string etag, QualityReport report) => _reports[model] = (etag, report);

    public void Remove(string model) => _reports.TryRemove(model, out _);

    public void Clear() => _reports.Clear();
}
