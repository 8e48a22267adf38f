using System.Diagnostics.Metrics;
using System.Text.Json;
using Slipway.Hosting.Telemetry.CloudWatch;

namespace Slipway.Hosting.Tests.Telemetry.CloudWatch;

public sealed class CloudWatchExportTests
{
    private static readonly CloudWatchFigure[] Figures =
    [
        new("test.duration", CloudWatchKind.Duration, "Seconds", ["model"]),
        new("test.failures", CloudWatchKind.Sum, "Count", ["model", "status"], InTotal: true),
        new("test.stale", CloudWatchKind.Gauge, "Seconds", ["model"]),
        new("test.dropped", CloudWatchKind.Sum, "Count", []),
    ];

    private string _source = null!;
    private Meter _meter = null!;
    private StringWriter _output = null!;
    private CloudWatchExport _export = null!;

    [SetUp]
    public async Task SetUp()
    {
        _source = $"Test.{TestContext.CurrentContext.Test.ID}";
        (_meter, _output) = (new(_source), new());
        _export = new(new("slipway-test", Figures, _output), new("slipway-inference", "r1", "blue-1", _source), TimeProvider.System);
        await _export.StartAsync(default);
    }

    [TearDown]
    public async Task TearDown()
    {
        await _export.StopAsync(default);
        _export.Dispose();
        _meter.Dispose();
        await _output.DisposeAsync();
    }

    [Test]
    public void FiguresOfAModelAreOneLineByTheRules()
    {
        var duration = _meter.CreateHistogram("test.duration", "s", null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2] });
        for (var i = 1; i <= 100; i++)
            duration.Record(i / 1000.0, Tag("model", "pumps"), Tag("version", i % 7));
        var failures = _meter.CreateCounter<long>("test.failures");
        failures.Add(2, Tag("model", "pumps"), Tag("status", "500"));
        failures.Add(3, Tag("model", "pumps"), Tag("status", "503"));
        failures.Add(4, Tag("model", ""), Tag("status", "404"));
        _meter.CreateObservableGauge("test.stale", () => new Measurement<double>(7, Tag("model", "pumps")));
        _meter.CreateCounter<long>("test.dropped").Add(9);

        var lines = Flush();
        Assert.That(lines, Has.Length.EqualTo(4));
        var pumps = Find(lines, "\"model\":\"pumps\"", without: "status");
        Assert.That(Number(pumps, "test.duration.p50"), Is.EqualTo(0.050).Within(2).Percent, "although the instrument's own buckets are seconds wide");
        Assert.That(Number(pumps, "test.duration.p99"), Is.EqualTo(0.099).Within(2).Percent);
        Assert.That((Number(pumps, "test.duration.count"), Number(pumps, "test.stale")), Is.EqualTo((100.0, 7.0)));
        Assert.That(Number(Find(lines, "5xx"), "test.failures"), Is.EqualTo(5), "of both statuses");
        Assert.That(Find(lines, "4xx"), Does.Contain("\"model\":\"(none)\""));
        Assert.That(lines.SelectMany(EmfRules.MetricsOf).Distinct(), Is.EquivalentTo(EmfRules.MetricsOf(Figures)));
    }

    [Test]
    public void CountsAreThoseSinceTheLastMinute()
    {
        var dropped = _meter.CreateCounter<long>("test.dropped");
        dropped.Add(5);
        Assert.That(Number(Flush().Single(), "test.dropped"), Is.EqualTo(5));
        dropped.Add(1);
        Assert.That(Number(Flush().Single(), "test.dropped"), Is.EqualTo(1));
        Assert.That(Flush(), Is.Empty);
    }

    [Test]
    public void NumberOfModelsIsBounded()
    {
        var failures = _meter.CreateCounter<long>("test.failures");
        for (var i = 0; i < 5000; i++)
            failures.Add(1, Tag("model", $"model-{i}"), Tag("status", "500"));

        var lines = Flush();
        Assert.That(lines, Has.Length.LessThanOrEqualTo(CloudWatchExport.MaxSeries + 1));
        Assert.That(lines.Sum(line => Number(line, "test.failures")), Is.EqualTo(5000), "nothing is lost in the total");
        Assert.That(Number(Find(lines, "\"model\":\"(other)\""), "test.failures"), Is.GreaterThan(4000));
    }

    [Test]
    public void WhatIsNoNumberIsLeftOut()
    {
        _meter.CreateObservableGauge("test.stale", () => new Measurement<double>(double.NaN, Tag("model", "pumps")));
        _meter.CreateCounter<long>("test.dropped").Add(1);

        Assert.That(string.Concat(Flush()), Does.Not.Contain("NaN").And.Contain("test.dropped"));
    }

    [Test]
    public void OtherInstrumentsAreNotSent()
    {
        _meter.CreateCounter<long>("test.other").Add(1);

        Assert.That(Flush(), Is.Empty);
    }

    [Test]
    public void MeasurementAllocatesNothing()
    {
        var duration = _meter.CreateHistogram<double>("test.duration");
        var failures = _meter.CreateCounter<long>("test.failures");
        KeyValuePair<string, object?> model = Tag("model", "pumps"), version = Tag("version", "3"), status = Tag("status", "500");
        for (var i = 0; i < 1000; i++)
            Measure();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
            Measure();

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(10_000), "less than a byte a measurement");

        void Measure()
        {
            duration.Record(0.001, model, version);
            failures.Add(1, model, status);
        }
    }

    [Test]
    public async Task LastFiguresAreSentWhenTheServiceStops()
    {
        _meter.CreateCounter<long>("test.dropped").Add(3);
        await _export.StopAsync(default);

        Assert.That(Number(_output.ToString().Trim(), "test.dropped"), Is.EqualTo(3));
    }

    [TestCase("slipway-staging", true), TestCase("Slipway/production", true), TestCase("AWS/Slipway", false), TestCase("a b", false), TestCase("", false)]
    public void NamespaceIsOneThatCloudWatchTakes(string text, bool isOne) => Assert.That(CloudWatchTarget.IsNamespace(text), Is.EqualTo(isOne));

    [Test]
    public void FiguresOfServicesKeepTheBounds()
    {
        Assert.Multiple(() =>
        {
            foreach (var figures in new[] { CloudWatchFigures.Server, CloudWatchFigures.Gateway })
            {
                Assert.That(figures.Select(figure => figure.Instrument), Is.Unique);
                Assert.That(figures.Sum(figure => figure.Metrics.Count), Is.LessThanOrEqualTo(100), "a directive has at most 100 metrics");
            }
        });
    }

    private string[] Flush()
    {
        _output.GetStringBuilder().Clear();
        Assert.That(_export.Flush());
        var lines = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var line in lines)
            EmfRules.Check(line);
        return lines;
    }

    private static string Find(IEnumerable<string> lines, string with, string without = "no such text") =>
        lines.Single(line => line.Contains(with, StringComparison.Ordinal) && !line.Contains(without, StringComparison.Ordinal));

    private static double Number(string line, string metric)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.GetProperty(metric).GetDouble();
    }

    private static KeyValuePair<string, object?> Tag(string name, object? value) => new(name, value);
}
