using Microsoft.Extensions.Time.Testing;
using Slipway.Automation.Local.Watching;

namespace Slipway.Automation.Tests.Local.Watching;

public sealed class ArrivalTrackerTests
{
    // A clock that advances with every reading, as real ones do.
    [Test]
    public void WhatComesBetweenTwoLooksCameTogetherSoThatFileTimesDecide()
    {
        using var watch = new WatchFixture();
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };
        var tracker = new ArrivalTracker(watch.Folder, new(watch, watch.Folder.Prepare), _ => { }, time);
        tracker.Scan();
        foreach (var (name, age) in new[] { ("a.csv", 2), ("b.csv", 0), ("c.csv", 1) })
            watch.Drop(name, age: TimeSpan.FromDays(age));
        tracker.Scan();
        time.Advance(ArrivalPolicy.Stillness);
        tracker.Scan();
        var arrivals = tracker.Next()!.Arrivals;

        Assert.That(arrivals.Select(arrival => arrival.SeenAt).Distinct(), Has.Exactly(1).Items);
        Assert.That(ArrivalPolicy.Newest(arrivals, []).File.Name, Is.EqualTo("b.csv"));
    }

    [Test]
    public async Task RenamedFileArrivesWithTheNextScanAndAnotherOneDoesNot()
    {
        using var watch = new WatchFixture();
        watch.Folder.Prepare(WatchFixture.Pumps); // a folder that is made later is watched a moment later
        using var renames = new RenamedFiles(watch.Folder);
        var tracker = new ArrivalTracker(watch.Folder, new(watch, watch.Folder.Prepare), _ => { }, new FakeTimeProvider(), renames);
        watch.Drop("b.csv.part");
        tracker.Scan();
        watch.Drop("a.csv");
        File.Move(watch.Path("b.csv.part"), watch.Path("b.csv"));
        await tracker.News.WaitAsync(TimeSpan.FromMinutes(1));
        tracker.Scan();

        Assert.That(tracker.Next()!.Arrivals.Select(arrival => arrival.File.Name), Is.EqualTo(["b.csv"]));
        Assert.That(tracker.News.IsCompleted, Is.False);
    }
}
