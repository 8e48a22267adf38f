using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Slipway.Automation.Local.Watching;
using Slipway.Automation.Monitoring;
using Slipway.Gateway.Monitoring;
using Slipway.Gateway.Tests.Fixtures;
using Slipway.Inference.Hosting;
using Slipway.Inference.PredictionLogs;
using Slipway.Inference.Slots;
using Slipway.Registry;
using Slipway.Registry.Monitoring.Drift;
using Slipway.Registry.Monitoring.Quality;
using Slipway.Registry.Predictions;
using Slipway.Registry.Storage;

namespace Slipway.Gateway.Tests.Monitoring.Days;

/// <summary>
/// A day of a model, hour by hour, with everything that takes part in it: a server that predicts, counts and logs, the gateway that judges, the join of labels, and
/// the trainer. The clock is the only stand-in.
/// </summary>
internal sealed class MonitoredDay : IAsyncDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);
    private static readonly TimeSpan Grace = DriftWindows.GraceOf(Window) + TimeSpan.FromSeconds(1);

    private readonly GatewayFixture _gateway = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slipway-day-");
    private readonly HashSet<(string Id, bool Ended)> _notices = [];
    private int _requests;
    private WebApplication? _server;
    private HttpClient? _client;

    private MonitoredDay() => Training = new(_gateway.Options.Store, Path.Combine(_folder.FullName, "jobs"), _gateway.Time);

    public PumpTraining Training { get; }
    public IObjectStore Store => _gateway.Store;

    /// <summary>A version is trained, published and served.</summary>
    public static async Task<MonitoredDay> StartAsync(IReadOnlyList<PumpRow> training)
    {
        var day = new MonitoredDay();
        day.Training.Drop("first.csv", training);
        await day.Training.WatchAsync(TimeSpan.FromSeconds(4));
        Assert.That(await day.Training.LiveAsync(), Is.EqualTo((1, 1)), string.Join('\n', day.Training.Said));
        await day._gateway.StartAsync();
        await day.ServeAsync();
        return day;
    }

    /// <summary>Sends the rows of an hour and, later, what really happened, and lets everybody do what is due until the verdict on the hour is there.</summary>
    /// <param name="joins">Whether labels are joined at its end.</param>
    public async Task<MonitoredHour> HourAsync(IReadOnlyList<PumpRow> rows, bool joins)
    {
        await BeginHourAsync();
        var start = _gateway.Time.GetUtcNow();
        start = new(start.UtcTicks - start.UtcTicks % Window.Ticks, TimeSpan.Zero);
        var version = _server!.Services.GetRequiredService<ModelCatalog>().Find(PumpTraining.Model)!.State.Serving!.Version;
        var predicted = await PredictAsync(rows);
        await UntilAsync(async () => await CountedAsync(start, version) == rows.Count, "all rows are counted in the store");
        var log = _server.Services.GetRequiredService<PredictionLog>();
        await UntilAsync(() => Task.FromResult(log.Accepted == 2 * _requests && log.Written == log.Accepted), "predictions and labels are logged");

        _gateway.Time.Advance(start + Window + Grace - _gateway.Time.GetUtcNow());
        await _gateway.App.Services.GetRequiredService<DriftController>().TickAsync(default);
        _notices.UnionWith(((await _gateway.StateAsync()).Outbox ?? []).Where(change => change.Drift is not null).Select(change => (change.Id, change.Drift!.Ended)));
        if (joins)
        {
            await new QualityMonitoring(Store, _gateway.Time).RunAsync(everything: true, default);
            await _gateway.App.Services.GetRequiredService<QualityController>().TickAsync(default);
        }

        var verdict = (await Store.ReadAsync(StoreKeys.DriftVerdict(PumpTraining.Model, start, version), RegistryJson.Default.DriftVerdict))!.Value;
        var hour = new MonitoredHour(start, version, rows, predicted, verdict, await _gateway.Private.GetStringAsync("/metrics"));
        await Training.WatchAsync(2 * ArrivalTracker.LookInterval);
        return hour;
    }

    public Task<QualityReport?> QualityAsync() => QualityMonitoring.FindAsync(Store, PumpTraining.Model, default);

    /// <summary>What people are told: whether each message ends an alarm.</summary>
    public IEnumerable<bool> Notices => _notices.Select(notice => notice.Ended);

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (_server is not null)
        {
            await _server.StopAsync();
            await _server.DisposeAsync();
        }

        await _gateway.DisposeAsync();
        TestFolder.Remove(_folder);
    }

    private async Task ServeAsync()
    {
        _server = InferenceHost.Build(
            [
                $"--Store={_gateway.Options.Store}", $"--KeyFile={Path.Combine(_folder.FullName, "key")}", $"--CacheFolder={Path.Combine(_folder.FullName, "cache")}", "--Url=http://127.0.0.1:0",
                "--Replica=blue-1", "--DrainDelay=00:00:00", $"--TrustedKeys={PumpTraining.Key.Key.ToPem()}", $"--Monitoring:Window={Window:c}", "--Monitoring:PublishInterval=00:00:00.1",
                "--PredictionLog:FlushInterval=00:00:00.1", "--PollInterval=00:00:00.1",
                // the clock is faster than the machine while the test waits: nothing is to be late or slow by it
                "--StoreTimeout=00:30:00", "--LoadTimeout=00:30:00", "--ProveTimeout=00:30:00", "--ComputeTimeout=00:30:00", "--BakeTime=00:00:00", "--ReplayRequests=0",
                "--Logging:LogLevel:Default=None",
                "--Logging:LogLevel:Microsoft=None", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=None",
            ],
            services => services.AddSingleton<TimeProvider>(_gateway.Time).AddSingleton(Store));
        await _server.StartAsync();
        _client = new(DirectHttpClient.Handler()) { BaseAddress = new(_server.Urls.First()), Timeout = TimeSpan.FromSeconds(60) };
        await BeginHourAsync();
        await UntilAsync(
            async () =>
            {
                await _gateway.TickAsync();
                return await Store.HeadAsync(StoreKeys.TrafficState(_gateway.Options.Gateway)) is not null;
            },
            "the gateway has found the server");
    }

    /// <summary>The server serves what is published.</summary>
    private async Task BeginHourAsync()
    {
        var (live, _) = await Training.LiveAsync();
        await UntilAsync(
            () => Task.FromResult(_server!.Services.GetRequiredService<ModelCatalog>().Find(PumpTraining.Model)?.State.Serving?.Version == live), $"version {live} is served");
    }

    private async Task<IReadOnlyList<bool>> PredictAsync(IReadOnlyList<PumpRow> rows)
    {
        _requests++;
        var records = new JsonArray([.. rows.Select(row => new JsonObject { ["pressure"] = row.Pressure, ["age"] = row.Age })]);
        using var answer = await _client!.PostAsJsonAsync("/invocations", records);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.That((int)answer.StatusCode, Is.EqualTo(200), body);
        var labels = new JsonObject
        {
            ["predictionId"] = answer.Headers.GetValues(SlipwayHeaders.PredictionId).Single(),
            ["label"] = new JsonArray([.. rows.Select(row => JsonValue.Create(row.Failed ? 1 : 0))]),
        };
        using var accepted = await _client!.PostAsJsonAsync($"/v2/models/{PumpTraining.Model}/feedback", labels);
        Assert.That((int)accepted.StatusCode, Is.EqualTo(202), await accepted.Content.ReadAsStringAsync());
        return [.. JsonNode.Parse(body)!["predictions"]!.AsArray().Select(row => row!["label"]!.ToString() == "1")];
    }

    private async Task<long> CountedAsync(DateTimeOffset start, int version) =>
        (await Store.ReadAsync(StoreKeys.DriftWindow(PumpTraining.Model, start, version, "blue-1"), RegistryJson.Default.DriftWindow))?.Value.Rows ?? 0;

    /// <summary>Lets the clock go on, as long as it takes by the real one.</summary>
    private async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        while (!await isSo())
        {
            Assert.That(limit.IsCancellationRequested, Is.False, $"{what}, after a minute");
            _gateway.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }
}

/// <param name="Version">That predicted.</param>
/// <param name="Predicted">Whether each row was predicted to fail.</param>
/// <param name="Metrics">Of the gateway, after the verdict.</param>
internal sealed record MonitoredHour(DateTimeOffset Start, int Version, IReadOnlyList<PumpRow> Rows, IReadOnlyList<bool> Predicted, DriftVerdict Verdict, string Metrics)
{
    public int Correct => Rows.Zip(Predicted).Count(pair => pair.First.Failed == pair.Second);

    /// <param name="labels">Beside the model's name.</param>
    public double Metric(string name, string labels = "") =>
        double.Parse(Regex.Match(Metrics, $"^{name}\\{{(?=[^}}]*model=\"{PumpTraining.Model}\"){(labels.Length > 0 ? $"(?=[^}}]*{labels})" : "")}[^}}]*\\}} (\\S+)", RegexOptions.Multiline).Groups[1].Value, CultureInfo.InvariantCulture);
}
