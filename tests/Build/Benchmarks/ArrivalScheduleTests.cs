using Microsoft.Extensions.Time.Testing;
using Slipway.Benchmarks.Load;

namespace Slipway.Build.Tests.Benchmarks;

public sealed class ArrivalScheduleTests
{
    private static readonly LoadJob Job = new(new("http://127.0.0.1:1/"), "application/json", "{}", 4, WarmUpMilliseconds: 100, Milliseconds: 400, 1000, [], Rate: 100);

    private readonly FakeTimeProvider _time = new();

    [Test]
    public void NothingIsDueBeforeItsTime()
    {
        var schedule = Schedule();
        Assert.That(Taken(schedule), Has.Count.EqualTo(1), "the first at once");
        _time.Advance(TimeSpan.FromMilliseconds(9));
        Assert.That(Taken(schedule), Is.Empty);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(Taken(schedule), Has.Count.EqualTo(1));
    }

    [Test]
    public void WhatWasNotSentInTimeIsDueFromWhenItShouldHaveBeen()
    {
        var (start, schedule) = (_time.GetTimestamp(), Schedule());
        _time.Advance(TimeSpan.FromMilliseconds(35));

        Assert.That(Taken(schedule).Select(due => _time.GetElapsedTime(start, due).TotalMilliseconds), Is.EqualTo(new[] { 0, 10, 20, 30 }));
    }

    [Test]
    public void EndsWithTheWindowHoweverMuchIsLate()
    {
        var schedule = Schedule();
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.That(Taken(schedule), Has.Count.EqualTo(50));
        Assert.That(schedule.Next, Is.Null);
    }

    [Test]
    public void ThreadsTakeTurns()
    {
        var (start, window) = (_time.GetTimestamp(), LoadWindow.Of(Job, _time));
        var schedules = Enumerable.Range(0, 2).Select(thread => ArrivalSchedule.Of(window, 100, thread, threads: 2)).ToList();
        _time.Advance(TimeSpan.FromMilliseconds(45));

        Assert.That(schedules.Select(schedule => Taken(schedule).Select(due => _time.GetElapsedTime(start, due).TotalMilliseconds)), Is.EqualTo(new[] { new[] { 0, 20, 40 }, [10, 30] }));
    }

    private ArrivalSchedule Schedule() => ArrivalSchedule.Of(LoadWindow.Of(Job, _time), Job.Rate!.Value, thread: 0, threads: 1);

    private List<long> Taken(ArrivalSchedule schedule)
    {
        var taken = new List<long>();
        while (schedule.TryTake(_time.GetTimestamp(), out var due))
            taken.Add(due);
        return taken;
    }
}
