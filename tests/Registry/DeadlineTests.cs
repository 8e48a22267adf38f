using Microsoft.Extensions.Time.Testing;

namespace Slipway.Registry.Tests;

public sealed class DeadlineTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _time = new();

    [Test]
    public void PassesWithTime()
    {
        using var deadline = new Deadline(Limit, _time, CancellationToken.None);
        _time.Advance(Limit - TimeSpan.FromTicks(TimeSpan.TicksPerMillisecond));
        Assert.That((deadline.Token.IsCancellationRequested, deadline.HasPassed), Is.EqualTo((false, false)));

        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.That((deadline.Token.IsCancellationRequested, deadline.HasPassed), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task ACallerWhoStopsIsNotLate()
    {
        using var caller = new CancellationTokenSource();
        using var deadline = new Deadline(Limit, _time, caller.Token);

        await caller.CancelAsync();

        Assert.That((deadline.Token.IsCancellationRequested, deadline.HasPassed), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task ACallerWhoHasStoppedComesFirst()
    {
        using var caller = new CancellationTokenSource();
        await caller.CancelAsync();

        using var deadline = new Deadline(Limit, _time, caller.Token);
        _time.Advance(Limit);

        Assert.That((deadline.Token.IsCancellationRequested, deadline.HasPassed), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task SaysAfterwardsWhetherItHadPassed()
    {
        using var caller = new CancellationTokenSource();
        var deadline = new Deadline(Limit, _time, caller.Token);
        var token = deadline.Token;
        deadline.Dispose();

        await caller.CancelAsync();
        _time.Advance(Limit);

        Assert.That((token.IsCancellationRequested, deadline.HasPassed), Is.EqualTo((false, false)));
    }
}
