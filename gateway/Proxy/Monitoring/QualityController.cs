using System.Diagnostics.Metrics;
using System.Text.Json.Serialization.Metadata;
using Slipway.Gateway.Status;
using Slipway.Gateway.Traffic;
using Slipway.Registry;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Monitoring;

/// <summary>
/// The lease holder reads how good models are on real predictions, and whether all columns together are like the training data, so that metrics show it. Who joins predictions
/// with labels, and who compares them with the training data, writes it.
/// </summary>
public sealed partial class QualityController : LeaseHolderService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly IObjectStore _store;
    private readonly CurrentQuality _quality;
    private readonly CurrentDomains _domains;
    private readonly ILogger<QualityController> _logger;

    public QualityController(
        CurrentTraffic traffic, TrafficRecords records, IObjectStore store, CurrentQuality quality, CurrentDomains domains, IMeterFactory meters, TimeProvider time,
        ILogger<QualityController> logger)
        : base(traffic, records, Interval, time)
    {
        (_store, _quality, _domains, _logger) = (store, quality, domains, logger);
        var meter = meters.Create(GatewayMetrics.MeterName);
        QualityGauges.AddTo(meter, quality);
        DomainGauges.AddTo(meter, domains);
    }

    protected override async Task HoldAsync(TrafficState state, CancellationToken cancellation)
    {
        string? problem = null;
        await foreach (var folder in _store.ListFoldersAsync(StoreKeys.Monitoring, cancellation))
            if (folder[StoreKeys.Monitoring.Length..^1] is var model && ModelName.IsValid(model))
            {
                problem = await ReadAsync(model, StoreKeys.Quality(model), _quality, RegistryJson.Default.QualityReport, cancellation) ?? problem;
                problem = await ReadAsync(model, StoreKeys.Domain(model), _domains, RegistryJson.Default.DomainVerdict, cancellation) ?? problem;
            }

        if (problem is not null)
            throw new SlipwayException(problem);
    }

    protected override void Follow()
    {
        _quality.Clear();
        _domains.Clear();
    }

    protected override void Failed(string problem) => LogNotRead(problem);

    /// <returns>Why it cannot be read; null if it can.</returns>
    private async Task<string?> ReadAsync<T>(string model, string key, CurrentReports<T> current, JsonTypeInfo<T> type, CancellationToken cancellation) where T : class
    {
        var read = await _store.GetIfChangedAsync(key, current.ETagOf(model), cancellation);
        if (read.Unchanged)
            return null;
        if (read.Found is not { } found)
        {
            current.Remove(model);
            return null;
        }

        try
        {
            await using (found)
                current.Set(model, found.Info.ETag, await StoreJson.DeserializeAsync(found, type, cancellation));
            return null;
        }
        catch (UnreadableObjectException e)
        {
            return e.Message;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What monitoring found of a model cannot be read: {Problem}")]
    private partial void LogNotRead(string problem);
}
