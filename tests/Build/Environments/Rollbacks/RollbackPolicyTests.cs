using Slipway.Automation.Rollbacks;
using Slipway.Automation.Traffic;
using Slipway.Build.Environments.Rollbacks;
using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Tests.Environments.Rollbacks;

public sealed class RollbackPolicyTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public void UndoesTheVersionThatCameLast() =>
        Assert.That(
            RollbackPolicy.LastChange(Traffic(2, hour: 1), [Publish("pumps", 1, 2, hour: 3), Publish("valves", 4, 5, hour: 2)]),
            Is.EqualTo(new VersionRollback("pumps", 2, 1, Noon.AddHours(3), new(2, "pumps-2"))));

    [Test]
    public void UndoesTheTrafficThatMovedLast() =>
        Assert.That(
            RollbackPolicy.LastChange(Traffic(2, hour: 4), [Publish("pumps", 1, 2, hour: 3)]),
            Is.EqualTo(new TrafficRollback(Color.Green, Color.Blue, Noon.AddHours(4))));

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
                RolledBack(3, hour: 9),
                [Publish("pumps", 2, 1, hour: 8, HistoryAction.Rollback)]),
            Is.Null);

    [Test]
    public void OlderChangeIsUndoneWhenTheNewerWasARollback() =>
        Assert.That(
            RollbackPolicy.LastChange(RolledBack(3, hour: 9), [Publish("pumps", 1, 2, hour: 3)]),
            Is.InstanceOf<VersionRollback>());

    [Test]
    public void WhatWasAskedForRemembersWhichChangesCameBefore()
    {
        // the requester's clock was two hours behind, and the store was copied since, so its times are meaningless
        var traffic = Traffic(2, hour: 1, after: new() { ["pumps"] = 2, ["valves"] = 7 });

        Assert.That(RollbackPolicy.LastChange(traffic, [Publish("pumps", 1, 2, hour: 3)]), Is.InstanceOf<TrafficRollback>());
        Assert.That(RollbackPolicy.LastChange(traffic, [Publish("pumps", 2, 3, hour: 0)]), Is.TypeOf<VersionRollback>().With.Property(nameof(VersionRollback.Model)).EqualTo("pumps"));
        Assert.That(RollbackPolicy.LastChange(traffic, [Publish("seals", null, 1, hour: 3), Publish("seals", 1, 2, hour: 3)]), Is.TypeOf<VersionRollback>().With.Property(nameof(VersionRollback.Model)).EqualTo("seals"), "it is newer than that move");
    }

    [Test]
    public void ClocksOfMachinesDoNotDecideBetweenModels() =>
        Assert.That(
            RollbackPolicy.LastChange(null, [Publish("pumps", 1, 2, hour: 3, storedAt: 5), Publish("valves", 4, 5, hour: 4, storedAt: 2)]),
            Is.TypeOf<VersionRollback>().With.Property(nameof(VersionRollback.Model)).EqualTo("pumps"));

    [Test]
    public void AskingForWhereTrafficWasIsNoMove() =>
        Assert.That(RollbackPolicy.LastMove(Traffic(7, hour: 1).Desired with { From = Color.Green }), Is.Null);

    private static StoredTraffic Traffic(int revision, int hour, Dictionary<string, int>? after = null) =>
        new(new(revision, Color.Green, TrafficAction.Deploy, "release", "tester", "because", Noon.AddHours(hour), Histories: after), Noon.AddHours(hour));

    private static StoredTraffic RolledBack(int revision, int hour) =>
        Traffic(revision, hour) is var asked ? asked with { Desired = asked.Desired with { Action = TrafficAction.Rollback } } : asked;

    private static ModelChange Publish(
        string model, int? from, int to, int hour, HistoryAction action = HistoryAction.Publish, int? storedAt = null) => new(
        new(to, model, action, Colors.All, from, to, "tester", "because", Noon.AddHours(hour), null), new(to, $"{model}-{to}"), Noon.AddHours(storedAt ?? hour));
}
