using System.Diagnostics.Metrics;
using Slipway.Gateway.Status;
using Slipway.Gateway.Traffic;
using Slipway.Registry;
using Slipway.Registry.Monitoring.Quality;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Monitoring;

/// <summary>The lease holder reads how good models are on real predictions, so that metrics show it. Who joins predictions with labels writes it.</summary>
public sealed partial class QualityController : LeaseHolderService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly IObjectStore _store;
    private readonly CurrentQuality _quality;
    private readonly ILogger<QualityController> _logger;

    public QualityController(
        CurrentTraffic traffic, TrafficRecords records, IObjectStore store, CurrentQuality quality, IMeterFactory meters, TimeProvider time, ILogger<QualityController> logger)
        : base(traffic, records, Interval, time)
    {
        (_store, _quality, _logger) = (store, quality, logger);
        QualityGauges.AddTo(meters.Create(GatewayMetrics.MeterName), quality);
    }

    protected override async Task HoldAsync(TrafficState state, CancellationToken cancellation)
    {
        string? problem = null;
        await foreach (var folder in _store.ListFoldersAsync(StoreKeys.Monitoring, cancellation))
            if (folder[StoreKeys.Monitoring.Length..^1] is var model && ModelName.IsValid(model))
                try
                {
                    await ReadAsync(model, cancellation);
                }
                catch (UnreadableObjectException e)
                {
                    problem ??= e.Message;
                }

        if (problem is not null)
            throw new SlipwayException(problem);
    }

    protected override void Follow() => _quality.Clear();

    protected override void Failed(string problem) => LogNotRead(problem);

    private async Task ReadAsync(string model, CancellationToken cancellation)
    {
        var read = await _store.GetIfChangedAsync(StoreKeys.Quality(model), _quality.ETagOf(model), cancellation);
        if (read.Unchanged)
            return;
        if (read.Found is not { } found)
        {
            _quality.Remove(model);
            return;
        }

        await using (found)
            _quality.Set(model, found.Info.ETag, await StoreJson.DeserializeAsync<QualityReport>(found, RegistryJson.Default.QualityReport, cancellation));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The quality of a model cannot be read: {Problem}")]
    private partial void LogNotRead(string problem);
}
