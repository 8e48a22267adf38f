using Slipway.Gateway.Traffic;
using Slipway.Registry.Channels;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Tests.Traffic;

public class TrafficPolicyTests
{
    private static readonly TrafficState BlueLive = new(3, TrafficPhase.Promoted, TrafficSplit.All(Color.Blue), Color.Blue, "before", new("me", 7), default);

    private static FleetCondition Fleet(string[]? blue = null, string[]? green = null) =>
        new(Of(Color.Blue, blue ?? []), Of(Color.Green, green ?? []));

    /// <param name="others">Servers that are starting or not well.</param>
    private static ColorCondition Of(Color color, string[] healthy, int others = 0) => new(color, healthy, healthy.Length + others);

    private static DesiredTraffic Ask(int revision, Color color, string? release = null) =>
        new(revision, color, TrafficAction.Deploy, release, "deploy", "new image", default);

    [Test]
    public void HasNoStateWhileThereIsNothing() => Assert.That(TrafficPolicy.Next(null, null, Fleet()), Is.Null);

    [Test]
    public void StartsWithTheColorThatIsThere()
    {
        var state = TrafficPolicy.Next(null, null, Fleet(green: ["r1"]))!;
        Assert.That((state.Revision, state.Phase, state.Live, state.Split), Is.EqualTo((0, TrafficPhase.Idle, Color.Green, TrafficSplit.All(Color.Green))));
    }

    [Test]
    public void StartsPreparingWhenAColorIsAskedForBeforeAnyServerIsThere()
    {
        var state = TrafficPolicy.Next(null, Ask(1, Color.Green), Fleet())!;
        Assert.That((state.Revision, state.Phase, state.Live), Is.EqualTo((0, TrafficPhase.Preparing, Color.Green)));
    }

    [Test]
    public void StaysWhenNothingNewIsAskedFor([Values(1, 3)] int revision) =>
        Assert.That(TrafficPolicy.Next(BlueLive, Ask(revision, Color.Green), Fleet(["r1"], ["r1"])), Is.EqualTo(BlueLive));

    [Test]
    public void StaysWhenTheAskingVanishes() => Assert.That(TrafficPolicy.Next(BlueLive, null, Fleet(["r1"], ["r1"])), Is.EqualTo(BlueLive));

    [TestCase(4)]
    [TestCase(9)]
    public void HoldsTheSplitOfAPhaseThatItDoesNotKnow(int revision)
    {
        var beyond = BlueLive with { Phase = TrafficPhase.Unknown, Split = new(90, 10) };

        Assert.That(TrafficPolicy.Next(beyond, Ask(revision, Color.Green), Fleet(["r1"], ["r2"])), Is.EqualTo(beyond), "a later release may be halfway there");
    }

    [Test]
    public void GoesBackFromAnyPhase()
    {
        var beyond = BlueLive with { Phase = TrafficPhase.Unknown, Split = new(10, 90) };

        var state = TrafficPolicy.Next(beyond, Ask(4, Color.Blue) with { Action = TrafficAction.Rollback }, Fleet(["r1"], ["r2"]))!;

        Assert.That((state.Phase, state.Split), Is.EqualTo((TrafficPhase.Promoted, TrafficSplit.All(Color.Blue))));
    }

    [Test]
    public void MovesAllTrafficToAHealthyColorInOneStep()
    {
        var state = TrafficPolicy.Next(BlueLive, Ask(4, Color.Green), Fleet(["r1"], ["r2"]))!;
        Assert.That((state.Revision, state.Phase, state.Live, state.Split), Is.EqualTo((4, TrafficPhase.Promoted, Color.Green, TrafficSplit.All(Color.Green))));
    }

    [Test]
    public void DoesNotMoveToAnUnhealthyColor()
    {
        var state = TrafficPolicy.Next(BlueLive, Ask(4, Color.Green), Fleet(["r1"]))!;
        Assert.That((state.Revision, state.Phase, state.Live, state.Split), Is.EqualTo((3, TrafficPhase.Preparing, Color.Blue, TrafficSplit.All(Color.Blue))));
        Assert.That(state.Reason, Does.Contain("green"));
    }

    [Test]
    public void DoesNotMoveToAnUnhealthyColorEvenWhenTheLiveOneIsDown() =>
        Assert.That(TrafficPolicy.Next(BlueLive, Ask(4, Color.Green), Fleet())!.Live, Is.EqualTo(Color.Blue));

    [Test]
    public void WaitsForTheReleaseThatWasAskedFor()
    {
        var waiting = TrafficPolicy.Next(BlueLive, Ask(4, Color.Green, "r2"), Fleet(["r1"], ["r1"]))!;
        Assert.That(waiting.Phase, Is.EqualTo(TrafficPhase.Preparing));
        Assert.That(waiting.Reason, Does.Contain("r2").And.Contain("run r1"));
        Assert.That(TrafficPolicy.Next(waiting, Ask(4, Color.Green, "r2"), Fleet(["r1"], ["r2"]))!.Phase, Is.EqualTo(TrafficPhase.Promoted));
    }

    [TestCase(1, 1, true)]
    [TestCase(1, 2, false)]
    [TestCase(2, 2, true)]
    [TestCase(2, 3, false)]
    [TestCase(3, 4, true)]
    [TestCase(1, 10, false)]
    [TestCase(7, 10, false)]
    [TestCase(8, 10, true)]
    public void MovesWhenMostServersOfTheColorCanTakeTheTraffic(int healthy, int servers, bool moves)
    {
        var green = Of(Color.Green, [.. Enumerable.Repeat("r2", healthy)], servers - healthy);
        var state = TrafficPolicy.Next(BlueLive, Ask(4, Color.Green, "r2"), new(Of(Color.Blue, ["r1"]), green))!;
        Assert.That(state.Live, Is.EqualTo(moves ? Color.Green : Color.Blue));
        Assert.That(state.Reason, moves ? Does.Contain("new image") : Does.Contain($"of {servers} green servers"));
    }

    [Test]
    public void ServersOfAnotherReleaseAreNotThoseThatWereAskedFor() =>
        Assert.That(TrafficPolicy.Next(BlueLive, Ask(4, Color.Green, "r2"), Fleet(["r1"], ["r1", "r1", "r2"]))!.Phase, Is.EqualTo(TrafficPhase.Preparing));

    [Test]
    public void ARollbackNeedsNoMoreThanOneServer()
    {
        var back = Ask(4, Color.Green, "r2") with { Action = TrafficAction.Rollback };
        Assert.That(TrafficPolicy.Next(BlueLive, back, new(Of(Color.Blue, ["r1"]), Of(Color.Green, ["r2"], others: 9)))!.Live, Is.EqualTo(Color.Green));
    }

    [Test]
    public void DeploysInPlaceOntoTheLiveColor()
    {
        var waiting = TrafficPolicy.Next(BlueLive, Ask(4, Color.Blue, "r2"), Fleet(["r1"]))!;
        Assert.That((waiting.Phase, waiting.Split), Is.EqualTo((TrafficPhase.Preparing, TrafficSplit.All(Color.Blue))));
        Assert.That(TrafficPolicy.Next(waiting, Ask(4, Color.Blue, "r2"), Fleet(["r2"]))!.Revision, Is.EqualTo(4));
    }

    [Test]
    public void ForgetsAnOldAskingWhenANewerOneComes()
    {
        var waiting = TrafficPolicy.Next(BlueLive, Ask(4, Color.Green, "r2"), Fleet(["r1"], ["r1"]))!;
        var state = TrafficPolicy.Next(waiting, Ask(5, Color.Blue), Fleet(["r1"], ["r2"]))!;
        Assert.That((state.Revision, state.Live, state.Phase), Is.EqualTo((5, Color.Blue, TrafficPhase.Promoted)));
    }

    [Test]
    public void SettlesWhenWhatWasPreparedForIsWithdrawn()
    {
        var waiting = TrafficPolicy.Next(BlueLive, Ask(4, Color.Green), Fleet(["r1"]))!;
        Assert.That(TrafficPolicy.Next(waiting, null, Fleet(["r1"]))!.Phase, Is.EqualTo(TrafficPhase.Idle));
    }

    [Test]
    public void DecidesTheSameAgain([Values] bool greenIsThere)
    {
        var fleet = Fleet(["r1"], greenIsThere ? ["r2"] : []);
        var once = TrafficPolicy.Next(BlueLive, Ask(4, Color.Green), fleet);
        Assert.That(TrafficPolicy.Next(once, Ask(4, Color.Green), fleet), Is.EqualTo(once));
    }

    [Test]
    public void WithoutAPlanTheLiveColorHasAllTraffic()
    {
        var reached = new List<TrafficState>();
        foreach (var fleet in new[] { Fleet(), Fleet(["r1"]), Fleet(green: ["r1"]), Fleet(["r1"], ["r1"]) })
            foreach (var asked in new[] { null, Ask(1, Color.Blue), Ask(4, Color.Green), Ask(5, Color.Blue, "r9") })
                foreach (var before in new[] { null, BlueLive, BlueLive with { Phase = TrafficPhase.Preparing }, BlueLive with { Phase = TrafficPhase.Idle } })
                {
                    if (TrafficPolicy.Next(before, asked, fleet) is { } next)
                        reached.Add(next);
                }
        Assert.That(reached.Select(state => state.Phase).Distinct(), Is.EquivalentTo([TrafficPhase.Idle, TrafficPhase.Preparing, TrafficPhase.Promoted]));
        Assert.That(reached, Has.All.Matches<TrafficState>(state => state!.Split == TrafficSplit.All(state.Live)));
    }
}
