using Microsoft.Extensions.Time.Testing;
using Slipway.Inference.Residency;

namespace Slipway.Inference.Tests.Residency;

public sealed class LoadGateTests
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();

    [Test]
    public async Task LetsALimitedNumberInAndTheOthersInTheOrderInWhichTheyCame()
    {
        var gate = new LoadGate(2, _time);
        var (first, second) = (await EnterAsync(gate), await EnterAsync(gate));
        var waiting = Enumerable.Range(0, 3).Select(_ => EnterAsync(gate)).ToList();
        Assert.That((gate.Waiting, waiting.Count(turn => turn.IsCompleted)), Is.EqualTo((3, 0)));

        second.Dispose();
        var third = await waiting[0];
        Assert.That(waiting.Select(turn => turn.IsCompleted), Is.EqualTo(new[] { true, false, false }));
        third.Dispose();
        first.Dispose();
        await waiting[1];
        await waiting[2];

        Assert.That(gate.Waiting, Is.Zero);
    }

    [Test]
    public async Task APlaceIsFreedOnce()
    {
        var gate = new LoadGate(1, _time);
        var place = await EnterAsync(gate);
        place.Dispose();
        place.Dispose();
        await EnterAsync(gate);

        Assert.That(EnterAsync(gate).IsCompleted, Is.False);
    }

    [Test]
    public async Task ASlowHolderDoesNotDelayTheOthersForEver()
    {
        var gate = new LoadGate(1, _time);
        using var slow = await gate.EnterAsync(Slow, default);
        var (next, last) = (EnterAsync(gate), EnterAsync(gate));
        _time.Advance(Slow - TimeSpan.FromTicks(1));
        Assert.That(next.IsCompleted, Is.False, "it has its time");

        _time.Advance(TimeSpan.FromTicks(1));
        await next;
        slow.Dispose();

        Assert.That(last.IsCompleted, Is.False, "its place was given to the next one already");
    }

    [Test]
    public async Task WhoStopsWaitingLosesNobodysTurn()
    {
        var gate = new LoadGate(1, _time);
        var place = await EnterAsync(gate);
        using var stop = new CancellationTokenSource();
        var (stopped, next) = (gate.EnterAsync(null, stop.Token), EnterAsync(gate));

        await stop.CancelAsync();
        Assert.That(async () => await stopped, Throws.InstanceOf<OperationCanceledException>());
        place.Dispose();

        await next;
    }

    private static Task<IDisposable> EnterAsync(LoadGate gate) => gate.EnterAsync(null, CancellationToken.None);
}
