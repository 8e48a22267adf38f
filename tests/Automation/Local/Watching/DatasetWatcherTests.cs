using Slipway.Automation.Local.Watching;

namespace Slipway.Automation.Tests.Local.Watching;

/// <summary>The loop itself, running in parallel with the test on the test's clock.</summary>
public sealed class DatasetWatcherTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private WatchFixture _watch = null!;
    private CancellationTokenSource _stop = null!;
    private Task _running = null!;

    [SetUp]
    public async Task StartWatching()
    {
        _watch = new();
        _stop = new();
        _running = Task.Run(() => _watch.NewWatcher().RunAsync(_stop.Token));
        await Step();
    }

    [TearDown]
    public async Task StopWatching()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(Timeout);
        _stop.Dispose();
        _watch.Dispose();
    }

    [Test]
    public async Task DroppedDatasetIsServed()
    {
        _watch.Drop("a.csv");
        await Until(() => _watch.Said(WatchEventKind.Serving).Any());

        Assert.That(await _watch.Training.Live(), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task StopInTheMiddleOfAJobLeavesItToBeRunAgain()
    {
        _watch.Trainer = async (_, cancellation) =>
        {
            await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            return null;
        };
        _watch.Drop("a.csv");
        await Until(() => _watch.Runs.Count == 1);
        await _stop.CancelAsync();
        await _running.WaitAsync(Timeout);

        Assert.That(await _watch.Training.Jobs.OutcomeAsync(_watch.Runs[0], default), Is.Null);
        Assert.That(_watch.Said(WatchEventKind.Note).Single(), Does.Contain("was interrupted"));
    }

    [Test]
    public async Task DefectWithOneModelDoesNotEndTheWatch()
    {
        _watch.Models.Add(WatchFixture.Valves);
        _watch.Trainer = async (lineage, _) =>
        {
            if (lineage.Model == WatchFixture.Pumps)
                throw new InvalidOperationException("a defect");
            await _watch.Pass(lineage);
            return null;
        };
        _watch.Drop("a.csv");
        await Until(() => _watch.Said(WatchEventKind.Failed).Any());
        _watch.Drop("a.csv", model: WatchFixture.Valves);
        await Until(() => _watch.Said(WatchEventKind.Serving, WatchFixture.Valves).Any());

        Assert.That(_watch.Said(WatchEventKind.Failed).Single(), Does.Contain("a defect"));
        Assert.That(_watch.Runs.Count(job => job.StartsWith(WatchFixture.Pumps, StringComparison.Ordinal)), Is.EqualTo(1), "and it is not retried endlessly");
    }

    [Test]
    public async Task ArrivalWaitsForAnotherCommandAndIsNotLost()
    {
        var isFree = new TaskCompletionSource();
        _watch.Environment = async (waiting, cancellation) =>
        {
            if (!isFree.Task.IsCompleted)
                waiting("waits for Train");
            await isFree.Task.WaitAsync(cancellation);
            return new MemoryStream();
        };
        _watch.Drop("a.csv");
        await Until(() => _watch.Said(WatchEventKind.Waiting).Any());
        Assert.That(_watch.Runs, Is.Empty);

        isFree.SetResult();
        await Until(() => _watch.Said(WatchEventKind.Serving).Any());
    }

    [Test]
    public async Task FileThatIsWrittenToWhileTheWatcherWaitedIsNotTrainedOnByHalves()
    {
        var isFree = new TaskCompletionSource();
        var turn = new Turn();
        _watch.Environment = async (waiting, cancellation) =>
        {
            waiting("waits for Train");
            await isFree.Task.WaitAsync(cancellation);
            return turn;
        };
        _watch.Drop("a.csv");
        await Until(() => _watch.Said(WatchEventKind.Waiting).Any());
        _watch.Drop("a.csv", WatchFixture.Rows + "4,");
        isFree.SetResult();
        await turn.Over.WaitAsync(Timeout);
        Assert.That(_watch.Runs, Is.Empty);

        _watch.Drop("a.csv", WatchFixture.Rows + "4,1\n");
        await Until(() => _watch.Said(WatchEventKind.Serving).Any());
        Assert.That(_watch.Runs, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task NewerDatasetThatCameWhileTheWatcherWaitedIsNotReplacedByTheOlder()
    {
        var isFree = new TaskCompletionSource();
        _watch.Environment = async (waiting, cancellation) =>
        {
            waiting("waits for Train");
            await isFree.Task.WaitAsync(cancellation);
            return new MemoryStream();
        };
        _watch.Drop("a.csv");
        await Until(() => _watch.Said(WatchEventKind.Waiting).Any());
        _watch.Drop("b.csv", "pressure,failed\n5,0\n6,1\n");
        await Until(() => _watch.Said(WatchEventKind.Seen).Any(text => text.StartsWith("b.csv", StringComparison.Ordinal)));
        for (var step = 0; step < 30; step++)
            await Step();
        isFree.SetResult();
        await Until(() => _watch.Said(WatchEventKind.Serving).Any());

        Assert.That(_watch.Runs, Has.Count.EqualTo(1));
        Assert.That(_watch.Said(WatchEventKind.Skipped).Single(), Does.StartWith("a.csv is superseded by the newer b.csv"));
    }

    [Test]
    public async Task EnvironmentThatIsNotToBeHadIsAskedForAgain()
    {
        var asked = 0;
        _watch.Environment = (_, _) => Task.FromResult<IDisposable?>(++asked < 3 ? null : new MemoryStream());
        _watch.Drop("a.csv");
        await Until(() => _watch.Said(WatchEventKind.Serving).Any());

        Assert.That(asked, Is.EqualTo(3));
    }

    private async Task Until(Func<bool> isSo)
    {
        using var deadline = new CancellationTokenSource(Timeout);
        while (!isSo())
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Step();
        }
    }

    // Moves the clock until the loop has looked again. Not faster than it can follow: the store has time-outs on the same clock.
    private async Task Step()
    {
        while (_watch.Looked.Wait(0))
        {
        }

        using var deadline = new CancellationTokenSource(Timeout);
        do
        {
            _watch.Training.Time.Advance(TimeSpan.FromMilliseconds(100));
        }
        while (!await _watch.Looked.WaitAsync(TimeSpan.FromMilliseconds(20), deadline.Token));
    }

    private sealed class Turn : IDisposable
    {
        private readonly TaskCompletionSource _over = new();

        public Task Over => _over.Task;

        public void Dispose() => _over.TrySetResult();
    }
}
