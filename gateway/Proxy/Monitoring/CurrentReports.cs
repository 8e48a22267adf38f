using System.Collections.Concurrent;

namespace Slipway.Gateway.Monitoring;

/// <summary>The newest report on each model, for metrics; empty while another gateway holds the lease.</summary>
public abstract class CurrentReports<T>
{
    private readonly ConcurrentDictionary<string, (string ETag, T Report)> _reports = new(StringComparer.Ordinal);

    public IEnumerable<T> All => _reports.Values.Select(report => report.Report);

    public string? ETagOf(string model) => _reports.TryGetValue(model, out var report) ? report.ETag : null;

    public void Set(string model, string etag, T report) => _reports[model] = (etag, report);

    public void Remove(string model) => _reports.TryRemove(model, out _);

    public void Clear() => _reports.Clear();
}
