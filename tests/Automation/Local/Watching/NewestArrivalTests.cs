using Slipway.Automation.Datasets;
using Slipway.Automation.Local.Watching;
using Slipway.Registry.Lineages;

namespace Slipway.Automation.Tests.Local.Watching;

public sealed class NewestArrivalTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void NewestLiesByFileTime() =>
        Assert.That(ArrivalPolicy.Newest([Lies("a", 9), Lies("c", 11), Lies("b", 10)], []).File.Name, Is.EqualTo("c.csv"));

    [Test]
    public void WhatIsSeenToComeIsNewerThanWhatLayThere() =>
        Assert.That(ArrivalPolicy.Newest([Lies("a", 23), Comes("b", 1)], []).File.Name, Is.EqualTo("b.csv"));

    [Test]
    public void WhatComesTogetherGoesByFileTimeAndThenByName()
    {
        Assert.That(ArrivalPolicy.Newest([Comes("b", 9), Comes("a", 10)], []).File.Name, Is.EqualTo("a.csv"));
        Assert.That(ArrivalPolicy.Newest([Comes("b", 9), Comes("a", 9)], []).File.Name, Is.EqualTo("b.csv"));
    }

    [Test]
    public void LaterComerIsNewerWhateverItsFileTime() =>
        Assert.That(ArrivalPolicy.Newest([Comes("a", 10), Comes("b", 9) with { SeenAt = TimeSpan.FromSeconds(1) }], []).File.Name, Is.EqualTo("b.csv"));

    // Moved in at ten with the file time of nine: only the interrupted job shows it.
    [Test]
    public void DatasetWhoseJobWasCutShortIsNewerThanItsFileTime()
    {
        Arrival[] lying = [Lies("a", 9) with { File = Lies("a", 9).File with { Name = "A.csv" } }, Lies("b", 9) with { File = Lies("b", 9).File with { Modified = Midnight.AddHours(9.5) } }];

        Assert.That(ArrivalPolicy.Newest(lying, [Job("A", hour: 10, null)]).File.Name, Is.EqualTo("A.csv"));
        Assert.That(ArrivalPolicy.Newest(lying, [Job("A", hour: 10, TrainingResult.Registered)]).File.Name, Is.EqualTo("b.csv"), "control");
    }

    private static Arrival Lies(string name, int hour) =>
        new(new("pumps", $"{name}.csv", 10, Midnight.AddHours(hour)), TimeSpan.Zero, FromStart: true, ArrivalPhase.Arrived);

    private static Arrival Comes(string name, int hour) => Lies(name, hour) with { FromStart = false };

    private static DatasetJob Job(string name, int hour, TrainingResult? result)
    {
        var lineage = new Lineage(
            "pumps-0123456789ab-a1", "pumps", new($"datasets/pumps/{name}.csv", name, name, 10, null), "spec", "linear", new Dictionary<string, string>(), 1,
            new("commit", Dirty: false), new("release", "X64", new Dictionary<string, string>()), null, Midnight.AddHours(hour), null);
        return new(lineage, result is { } ended ? new(lineage.TrainingJob, ended, "because", null, null, Midnight.AddHours(hour)) : null);
    }
}
