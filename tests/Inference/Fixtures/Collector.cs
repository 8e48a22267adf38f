using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Slipway.Hosting.Telemetry;

namespace Slipway.Inference.Tests.Fixtures;

/// <summary>Takes what is exported by OTLP over HTTP, as bytes: names, text and ids are in them as they are.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();
    private readonly WebApplication _app;

    private Collector(bool hangs)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            _received.Enqueue((context.Request.Path, body.ToArray()));
            if (hangs)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
    }

    /// <param name="hangs">It takes every export and never answers.</param>
    public static async Task<Collector> StartAsync(bool hangs = false)
    {
        var collector = new Collector(hangs);
        await collector._app.StartAsync();
        return collector;
    }

    public int Exports => _received.Count;

    public TelemetrySettings Settings(params string[] more) => new(
    [
        new(TelemetrySettings.Endpoint, _app.Urls.First()), new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), new("OTEL_BSP_SCHEDULE_DELAY", "50"),
        new("OTEL_METRIC_EXPORT_INTERVAL", "100"), new("OTEL_BLRP_SCHEDULE_DELAY", "50"),
        .. more.Select(variable => variable.Split('=', 2)).Select(parts => KeyValuePair.Create(parts[0], (string?)parts[1])),
    ]);

    public bool Received(string path, string text) => Received(path, Encoding.UTF8.GetBytes(text));

    public bool Received(string path, byte[] bytes) => _received.Any(export => export.Path == path && export.Body.AsSpan().IndexOf(bytes) >= 0);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
