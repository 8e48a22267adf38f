using System.Diagnostics;
using Slipway.Inference.Generations;
using Slipway.Inference.Monitoring;
using Slipway.Inference.Requests;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Registry.Models;
using Slipway.Registry.Monitoring.Drift;

namespace Slipway.Inference.Tests.Monitoring;

public sealed class ModelMonitorTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 30, 10, 17, 5, TimeSpan.Zero);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private ModelGeneration _generation = null!;
    private ModelMonitor _monitor = null!;

    [SetUp]
    public void Load()
    {
        _generation = TestGeneration.Of(new(0) { Baseline = SampleBaseline.Value }, number: 3);
        _monitor = new(MonitoredModel.Of(_generation.Profile, _generation.Baseline)!, Hour, shards: 3);
    }

    [TearDown]
    public void Unload() => _generation.Retire();

    [Test]
    public void CountsRawRows()
    {
        Raw(("35", "120", "M"), ("95", "", "L"), ("", "0", "X"), ("20", "50", ""));
        var window = Only();
        var (torque, wear, type) = (window.Columns[0], window.Columns[1], window.Columns[2]);

        Assert.That((window.Model, window.Version, window.OnnxSha256, window.Start, window.Length), Is.EqualTo(("pump", 3, "onnx-3", At.AddMinutes(-17).AddSeconds(-5), Hour)));
        Assert.That((window.Rows, window.EncodedRows), Is.EqualTo((4, 0)));
        Assert.That(torque.Counts, Is.EqualTo(new[] { 1, 0, 1, 0, 0, 1 }));
        Assert.That((torque.Missing, torque.OutOfRange, torque.Minimum, torque.Maximum), Is.EqualTo((1, 1, 20f, 95f)));
        Assert.That(wear.Counts, Is.EqualTo(new[] { 2, 0, 1, 0 }));
        Assert.That(wear.Missing, Is.EqualTo(1));
        Assert.That(type.Counts, Is.EqualTo(new[] { 1, 1, 0, 1 }));
        Assert.That((type.Missing, type.Minimum), Is.EqualTo((1L, (float?)null)));
        Assert.That(window.Output!.Counts.Sum(), Is.EqualTo(4));
        Assert.That((torque.ImputedBin, wear.ImputedBin, type.ImputedBin), Is.EqualTo((2, 1, (int?)null)));
    }

    /// <summary>No category is missing; two, or half of one, are none that the encoder knows.</summary>
    [Test]
    public void CountsEncodedRows()
    {
        Encoded([35, 120, 0, 1, 0], [35, 100, 0, 0, 0], [90, 0, 1, 1, 0], [35, 0, 0.5f, 0, 0]);
        var window = Only();

        Assert.That((window.Rows, window.EncodedRows), Is.EqualTo((4, 4)));
        Assert.That(window.Columns[0].Counts, Is.EqualTo(new[] { 0, 0, 3, 0, 0, 1 }));
        Assert.That(window.Columns[0].OutOfRange, Is.EqualTo(1));
        Assert.That(window.Columns[1].Counts, Is.EqualTo(new[] { 2, 1, 1, 0 }));
        Assert.That(window.Columns[2].Counts, Is.EqualTo(new[] { 0, 1, 0, 2 }));
        Assert.That(window.Columns[2].Missing, Is.EqualTo(1));
    }

    [Test]
    public void AgreesWithAnIndependentCountOfManyRowsFromManyThreads()
    {
        const int threads = 4, requests = 500;
        var random = new Random(5);
        float[][] rows = [.. Enumerable.Range(0, 97).Select(_ => new[] { random.NextSingle() * 100, random.NextSingle() * 300, 0, 1, 0 })];
        Parallel.For(0, threads, new() { MaxDegreeOfParallelism = threads }, thread =>
        {
            var batch = _generation.Rent(1);
            for (var i = 0; i < requests; i++)
            {
                rows[(thread * requests + i) % rows.Length].CopyTo(batch.Inputs);
                _monitor.Count(batch, null, At);
            }

            _generation.Return(batch);
        });
        var window = Only();
        var sent = Enumerable.Range(0, threads * requests).Select(i => rows[i % rows.Length]).ToList();
        float[] edges = [.. SampleBaseline.Value.Columns[0].Edges!];

        Assert.That(window.Rows, Is.EqualTo(threads * requests));
        Assert.That(window.Columns[0].Counts, Is.EqualTo(Enumerable.Range(0, 6).Select(bin => sent.Count(row => edges.Count(edge => edge < row[0]) == bin))));
        Assert.That(window.Columns[0].OutOfRange, Is.EqualTo(sent.Count(row => row[0] > 80)));
        Assert.That((window.Columns[0].Minimum, window.Columns[0].Maximum), Is.EqualTo((sent.Min(row => row[0]), sent.Max(row => row[0]))));
    }

    /// <summary>The cost, when the code is compiled for speed: <c>-- 'TestRunParameters.Parameter(name="requests", value="10000000")'</c>.</summary>
    [Test]
    public void CountsWithoutAnAllocation()
    {
        var requests = TestContext.Parameters.Get("requests", 10_000);
        var batch = _generation.Rent(1);
        var rows = new RowEncoder();
        rows.StartRaw(_generation.Profile, batch, record: false);
        rows.Text(0, 0, "35");
        Count(requests);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        Count(requests);
        var elapsed = Stopwatch.GetElapsedTime(started);

        // a thread that moves to another core makes that core's shard, once
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(4096));
        TestContext.Out.WriteLine($"{elapsed.TotalNanoseconds / (2.0 * requests):0} ns a request of one row with three columns");
        _generation.Return(batch);

        void Count(int times)
        {
            for (var i = 0; i < times; i++)
            {
                _monitor.Count(batch, rows, At);
                _monitor.Count(batch, null, At);
            }
        }
    }

    /// <summary>A million different categories, and a million numbers that are none, are one count each.</summary>
    [Test]
    public void GarbageGrowsNothing()
    {
        var batch = _generation.Rent(1);
        var rows = new RowEncoder();
        for (var i = 0; i < 1_000_000; i++)
        {
            rows.StartRaw(_generation.Profile, batch, record: false);
            rows.Text(0, 2, $"x{i}");
            _monitor.Count(batch, rows, At);
            _monitor.TypeFailed(0, At);
        }

        var window = Only();
        Assert.That(window.Columns[2].Counts, Is.EqualTo(new[] { 0, 0, 0, 1_000_000 }));
        Assert.That(window.Columns[0].TypeFailures, Is.EqualTo(1_000_000));
        _generation.Return(batch);
    }

    [Test]
    public void ANewWindowStartsAtZeroAndTheOneBeforeStaysUntilItIsWritten()
    {
        Encoded([35, 120, 0, 1, 0]);
        Encoded(At + Hour, [35, 120, 0, 1, 0], [35, 120, 0, 1, 0]);
        Encoded(At, [35, 120, 0, 1, 0]);
        var windows = _monitor.Windows();

        Assert.That(windows.Select(window => window.Snapshot("blue-1", At).Rows), Is.EqualTo(new[] { 2, 2 }), "a request that began before the hour counts for it");
        Assert.That(windows[1].Start - windows[0].Start, Is.EqualTo(Hour));
        _monitor.Forget(windows[0]);
        Assert.That(_monitor.Windows(), Is.EqualTo(new[] { windows[1] }));
        Assert.That(_monitor.Lost, Is.Zero);
    }

    [Test]
    public void AClockThatJumpsLosesWindowsAndKeepsNoMoreThanTwo()
    {
        foreach (var hours in new[] { 0, 5000, -200, 7, 90_000, 0 })
            Encoded(At.AddHours(hours), [35, 120, 0, 1, 0]);

        Assert.That(_monitor.Windows(), Has.Count.EqualTo(2));
        Assert.That(_monitor.Lost, Is.EqualTo(4));
    }

    [Test]
    public void VersionThatIsLoadedAgainGoesOnCountingUntilItsMonitorIsRemoved()
    {
        var monitors = new ModelMonitors(new());
        using var again = new Disposable(TestGeneration.Of(new(0) { Baseline = SampleBaseline.Value }, number: 3));
        var monitor = monitors.Of(_generation);

        Assert.That(monitor, Is.Not.Null);
        Assert.That(monitors.Of(again.Generation), Is.SameAs(monitor));
        monitors.Remove(monitor!);
        Assert.That(monitors.Of(_generation), Is.Not.Null.And.Not.SameAs(monitor));
        Assert.That(monitors.All.Count(), Is.EqualTo(1));
    }

    [Test]
    public void VersionWithoutAFittingBaselineIsNotCounted()
    {
        var other = SampleBaseline.Value with { Columns = [.. SampleBaseline.Value.Columns.Reverse()] };
        ColumnBaseline[] fewer = [.. SampleBaseline.Value.Columns.Take(2)];
        var bins = SampleBaseline.Value with { Columns = [SampleBaseline.Value.Columns[0] with { Edges = [1, 2] }, .. SampleBaseline.Value.Columns.Skip(1)] };

        foreach (var baseline in new[] { null, other, SampleBaseline.Value with { Columns = fewer }, bins })
            Assert.That(MonitoredModel.Of(_generation.Profile, baseline), Is.Null);
        Assert.That(MonitoredModel.Of(_generation.Profile, SampleBaseline.Value with { Output = null })!.Output, Is.Null);
    }

    private sealed record Disposable(ModelGeneration Generation) : IDisposable
    {
        public void Dispose() => Generation.Retire();
    }

    private void Raw(params (string Torque, string Wear, string Type)[] rows)
    {
        var batch = _generation.Rent(rows.Length);
        var encoder = new RowEncoder();
        encoder.StartRaw(_generation.Profile, batch, record: false);
        for (var row = 0; row < rows.Length; row++)
        {
            encoder.Text(row, 0, rows[row].Torque);
            encoder.Text(row, 1, rows[row].Wear);
            encoder.Text(row, 2, rows[row].Type);
        }

        batch.Run();
        _monitor.Count(batch, encoder, At);
        _generation.Return(batch);
    }

    private void Encoded(params float[][] rows) => Encoded(At, rows);

    private void Encoded(DateTimeOffset at, params float[][] rows)
    {
        var batch = _generation.Rent(rows.Length);
        for (var row = 0; row < rows.Length; row++)
            rows[row].CopyTo(batch.Input(row));
        batch.Run();
        _monitor.Count(batch, null, at);
        _generation.Return(batch);
    }

    private DriftWindow Only() => _monitor.Windows().Single().Snapshot("blue-1", At);
}
