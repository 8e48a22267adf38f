using Microsoft.Extensions.Time.Testing;
using Slipway.Hosting.Polling;

namespace Slipway.Hosting.Tests.Polling;

public sealed class PollingServiceTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    [Test]
    public async Task TicksBeforeItHasStartedAndThenAtEveryInterval()
    {
        var time = new WatchedTime();
        using var counter = new Counter(time);
        var starting = counter.StartAsync(CancellationToken.None);
        Assert.That((counter.Ticks, starting.IsCompleted), Is.EqualTo((1, false)), "nothing may come before the first tick");
        counter.Finish();
        await starting;
        await time.HasATimerAsync();

        for (var ticks = 2; ticks < 4; ticks++)
        {
            time.Advance(Interval);
            await counter.HasTickedAsync(ticks);
        }

        await counter.StopAsync(CancellationToken.None);
    }

    [Test]
    public async Task StoppingIsNoFailure()
    {
        var time = new WatchedTime();
        using var counter = new Counter(time);
        counter.Finish();
        await counter.StartAsync(CancellationToken.None);
        await time.HasATimerAsync();

        await counter.StopAsync(CancellationToken.None);

        Assert.That(counter.ExecuteTask!.IsCompletedSuccessfully);
    }

    // the host runs the loop on its own thread: time may advance when its timer exists
    private sealed class WatchedTime : FakeTimeProvider
    {
        private readonly TaskCompletionSource _timer = new();

        public Task HasATimerAsync() => _timer.Task.WaitAsync(TimeSpan.FromSeconds(60), System);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _timer.TrySetResult();
            return timer;
        }
    }

    private sealed class Counter(TimeProvider time) : PollingService(Interval, time)
    {
        private readonly TaskCompletionSource _mayFinish = new();
        private readonly SemaphoreSlim _ticked = new(0);

        public int Ticks { get; private set; }

        public void Finish() => _mayFinish.SetResult();

        public async Task HasTickedAsync(int ticks)
        {
            while (Ticks < ticks)
                Assert.That(await _ticked.WaitAsync(TimeSpan.FromSeconds(60)), "it ticks");
        }

        public override async Task TickAsync(CancellationToken cancellation)
        {
            Ticks++;
            _ticked.Release();
            await _mayFinish.Task.WaitAsync(cancellation);
        }

        public override void Dispose()
        {
            _ticked.Dispose();
            base.Dispose();
        }
    }
}
