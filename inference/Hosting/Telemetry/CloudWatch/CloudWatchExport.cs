using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Slipway.Hosting.Telemetry.CloudWatch;

/// <summary>
/// Sends a service's figures to CloudWatch once a minute. It has a provider of its own, in which only these figures are aggregated, with few labels: a request adds
/// to counters that exist already, and everything else happens on the exporter's own thread.
/// </summary>
public sealed class CloudWatchExport(CloudWatchTarget target, TelemetryService service, TimeProvider time) : IHostedService, IDisposable
{
    /// <summary>Label values of a figure; what exceeds them appears together as "(other)".</summary>
    public const int MaxSeries = 200;

    private const int ShutdownMilliseconds = 2000;

    private MeterProvider? _provider;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var figures = target.Figures.ToDictionary(figure => figure.Instrument, StringComparer.Ordinal);
        _provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(service.Source)
            .AddView(instrument => View(instrument, figures))
            .AddReader(new PeriodicExportingMetricReader(
                new CloudWatchExporter(target, service.Name, time), (int)CloudWatchTarget.Interval.TotalMilliseconds)
            { TemporalityPreference = MetricReaderTemporalityPreference.Delta })
            .Build();
        return Task.CompletedTask;
    }

    /// <summary>What was counted since the last minute is not lost.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(() => _provider?.Shutdown(ShutdownMilliseconds), CancellationToken.None);

    /// <summary>Sends what there is now.</summary>
    public bool Flush() => _provider?.ForceFlush() ?? false;

    public void Dispose() => _provider?.Dispose();

    private static MetricStreamConfiguration View(Instrument instrument, Dictionary<string, CloudWatchFigure> figures)
    {
        if (!figures.TryGetValue(instrument.Name, out var figure))
            return MetricStreamConfiguration.Drop;
        string[] labels = [.. figure.Labels];
        return figure.Kind == CloudWatchKind.Duration
            ? new Base2ExponentialBucketHistogramConfiguration { TagKeys = labels, CardinalityLimit = MaxSeries }
            : new MetricStreamConfiguration { TagKeys = labels, CardinalityLimit = MaxSeries };
    }
}
