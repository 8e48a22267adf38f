using Slipway.Gateway.Notifications;
using Slipway.Gateway.Tests.Probes;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Tests.Notifications;

public class OutboxPolicyTests
{
    [Test]
    public void RemovesWhatEveryTargetHas() =>
        Assert.That(Outbox([SampleChanges.Change(1), SampleChanges.Change(2)], ("a", ["main-2-1"]), ("b", ["main-2-1"])), Is.EqualTo("2:"));

    [Test]
    public void RecordsWhoHasWhat() =>
        Assert.That(Outbox([SampleChanges.Change(1), SampleChanges.Change(2)], ("a", ["main-2-1"]), ("b", ["main-2-2"])), Is.EqualTo("1:a 2:b"));

    [Test]
    public void RemembersWhoHadItBefore() =>
        Assert.That(Outbox([SampleChanges.Change(1, delivered: ["a"])], ("a", []), ("b", ["main-2-1"])), Is.Empty);

    [Test]
    public void ChangesNothingWithoutNews()
    {
        Assert.That(Outbox([SampleChanges.Change(1, delivered: ["a"])], ("a", ["main-2-1"]), ("b", ["main-2-9"])), Is.Null);
        Assert.That(Outbox([], ("a", ["main-2-1"])), Is.Null);
    }

    [Test]
    public void EmptiesTheOutboxIfNobodyIsTold() => Assert.That(Outbox([SampleChanges.Change(1)]), Is.Empty);

    private static string? Outbox(TrafficNotification[] outbox, params (string Target, string[] Ids)[] confirmed)
    {
        var state = SampleRollouts.State("me", null, TrafficPhase.RolledBack) with { Outbox = outbox };
        var next = OutboxPolicy.Record(state, confirmed.ToDictionary(target => target.Target, target => (IReadOnlySet<string>)target.Ids.ToHashSet()));
        return next is null ? null : string.Join(' ', (next.Outbox ?? []).Select(change => $"{change.Number}:{string.Join(',', change.Delivered)}"));
    }
}
