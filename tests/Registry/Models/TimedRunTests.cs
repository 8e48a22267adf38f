using Microsoft.Extensions.Time.Testing;
using Slipway.Registry.Models;

namespace Slipway.Registry.Tests.Models;

public sealed class TimedRunTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly List<bool> _told = [];
    private FakeTimeProvider _time = null!;
    private TimedRun _run = null!;

    [SetUp]
    public void Make()
    {
        _told.Clear();
        _time = new();
        _run = new(_told.Add, _time);
    }

    [Test]
    public void LeavesARunAloneThatIsInTime()
    {
        _run.Begin();
        _time.Advance(Limit);
        _run.EndIfOver(Limit);
        _run.Done();

        Assert.That(_told, Is.Empty);
    }

    [Test]
    public void EndsARunThatTakesTooLongOnceAndLetsTheNextGoOn()
    {
        _run.Begin();
        _time.Advance(Limit * 2);
        _run.EndIfOver(Limit);
        _run.EndIfOver(Limit);
        Assert.That(_run.WasEnded);
        Assert.That(_told, Is.EqualTo(new[] { true }));

        _run.Done();
        _run.Begin();
        _run.EndIfOver(Limit);

        Assert.That(_run.WasEnded, Is.False);
        Assert.That(_told, Is.EqualTo(new[] { true, false }));
    }

    [Test]
    public void EndsARunAtOnceThatNobodyWaitsFor()
    {
        _run.Begin();
        _run.End();
        Assert.That(_run.WasEnded);

        _run.Done();
        _run.End();

        Assert.That(_told, Is.EqualTo(new[] { true, false }), "and nothing between runs");
    }

    [Test]
    public void EndsNothingBetweenRuns()
    {
        _run.Begin();
        _run.Done();
        _time.Advance(Limit * 2);
        _run.EndIfOver(Limit);

        Assert.That(_told, Is.Empty);
    }
}
