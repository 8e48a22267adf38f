using Slipway.Registry;

namespace Slipway.Build.Tests;

public sealed class RollbackPolicyTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void UndoesTheVersionThatCameLast() =>
        Assert.That(
            RollbackPolicy.LastChange(Traffic(2, hour: 1), [Publish("pumps", 1, 2, hour: 3), Publish("valves", 4, 5, hour: 2)]),
            Is.EqualTo(new UndoVersion("pumps", 2, 1, Noon.AddHours(3))));

    [Test]
    public void UndoesTheTrafficThatMovedLast() =>
        Assert.That(
            RollbackPolicy.LastChange(Traffic(2, hour: 4), [Publish("pumps", 1, 2, hour: 3)]),
            Is.EqualTo(new UndoTraffic(Color.Green, Color.Blue, Noon.AddHours(4))));

    [Test]
    public void FirstDeploymentIsNoChangeOfTraffic() =>
        Assert.That(RollbackPolicy.LastChange(Traffic(1, hour: 9), []), Is.Null);

    [Test]
    public void FirstVersionHasNothingBeforeIt() =>
        Assert.That(RollbackPolicy.LastChange(null, [Publish("pumps", null, 1, hour: 3)]), Is.Null);

    [Test]
    public void RollbackIsNotItselfRolledBack() =>
        Assert.That(
            RollbackPolicy.LastChange(
                Traffic(3, hour: 9) with { Action = TrafficAction.Rollback },
                [Publish("pumps", 2, 1, hour: 8) with { Action = HistoryAction.Rollback }]),
            Is.Null);

    [Test]
    public void OlderChangeIsUndoneWhenTheNewerWasARollback() =>
        Assert.That(
            RollbackPolicy.LastChange(Traffic(3, hour: 9) with { Action = TrafficAction.Rollback }, [Publish("pumps", 1, 2, hour: 3)]),
            Is.InstanceOf<UndoVersion>());

    private static DesiredTraffic Traffic(int revision, int hour) =>
        new(revision, Color.Green, TrafficAction.Deploy, "release", "tester", "because", Noon.AddHours(hour));

    private static HistoryEntry Publish(string model, int? from, int to, int hour) =>
        new(to, model, HistoryAction.Publish, Colors.All, from, to, "tester", "because", Noon.AddHours(hour), null);
}
