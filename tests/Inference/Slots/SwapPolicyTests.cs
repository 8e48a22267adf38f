using Slipway.Inference.Slots;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;
using Slipway.Registry.Replicas;

namespace Slipway.Inference.Tests.Slots;

public sealed class SwapPolicyTests
{
    private static readonly BackOff Waits = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(60));
    private static readonly SlotState Empty = SlotState.Empty("pump");
    private static readonly SlotState Serving1 = SwapPolicy.Proven(SwapPolicy.Pointed(Empty, 1), new(1, "one"));

    [Test]
    public void StaysWhenNothingIsWanted() => Assert.That(SwapPolicy.Next(Empty, Seconds(0)), Is.EqualTo(SwapDecision.Stay));

    [Test]
    public void StaysOnWhatIsWanted() => Assert.That(SwapPolicy.Next(Serving1, Seconds(0)), Is.EqualTo(SwapDecision.Stay));

    [Test]
    public void ProvesWhatIsWanted() =>
        Assert.That(SwapPolicy.Next(SwapPolicy.Pointed(Serving1, 2), Seconds(0)), Is.EqualTo(SwapDecision.Prove(2)));

    [Test]
    public void GoesBackToAnOlderVersionLikeToANewerOne()
    {
        var serving2 = SwapPolicy.Proven(SwapPolicy.Pointed(Serving1, 2), new(2, "two"));

        Assert.That(SwapPolicy.Next(SwapPolicy.Pointed(serving2, 1), Seconds(0)), Is.EqualTo(SwapDecision.Prove(1)));
    }

    [Test]
    public void HoldsAQuarantinedVersionBackUntilItsTime()
    {
        var held = SwapPolicy.Rejected(SwapPolicy.Pointed(Serving1, 2), 2, "bad", "NaN", Seconds(10), Waits);

        Assert.Multiple(() =>
        {
            Assert.That(SwapPolicy.Next(held, Seconds(11.9)), Is.EqualTo(SwapDecision.Wait));
            Assert.That(SwapPolicy.Next(held, Seconds(12)), Is.EqualTo(SwapDecision.Prove(2)));
        });
    }

    [Test]
    public void ProvesTheNextGoodVersionAtOnceAfterABadOne()
    {
        var held = SwapPolicy.Rejected(SwapPolicy.Pointed(Serving1, 2), 2, "bad", "NaN", Seconds(10), Waits);

        Assert.That(SwapPolicy.Next(SwapPolicy.Pointed(held, 3), Seconds(10)), Is.EqualTo(SwapDecision.Prove(3)));
    }

    [Test]
    public void ServerThatStartsOnABadVersionTakesTheOneBefore()
    {
        var held = SwapPolicy.Rejected(SwapPolicy.Pointed(Empty, 2, previous: 1), 2, "bad", "NaN", Seconds(10), Waits);
        var serving1 = SwapPolicy.Proven(held, new(1, "one"));

        Assert.Multiple(() =>
        {
            Assert.That(SwapPolicy.Next(held, Seconds(10)), Is.EqualTo(SwapDecision.Prove(1)));
            Assert.That(SwapPolicy.Next(serving1, Seconds(10)), Is.EqualTo(SwapDecision.Wait));
            Assert.That(serving1.Phase, Is.EqualTo(ServedModelState.Quarantined));
            Assert.That(SwapPolicy.Next(serving1, Seconds(12)), Is.EqualTo(SwapDecision.Prove(2)), "the desired version gets its next attempt");
        });
    }

    [Test]
    public void VersionThatWasRolledBackIsNoFallback()
    {
        var held = SwapPolicy.Rejected(SwapPolicy.Pointed(Empty, 1, previous: 2), 1, "bad", "NaN", Seconds(10), Waits);

        Assert.That(SwapPolicy.Next(held, Seconds(10)), Is.EqualTo(SwapDecision.Wait));
    }

    [Test]
    public void FallbackThatIsBadTooIsHeldBack()
    {
        var held = SwapPolicy.Rejected(SwapPolicy.Pointed(Empty, 2, previous: 1), 2, "bad", "NaN", Seconds(10), Waits);
        var both = SwapPolicy.Rejected(held, 1, "worse", "NaN", Seconds(10), Waits);

        Assert.That(SwapPolicy.Next(both, Seconds(10)), Is.EqualTo(SwapDecision.Wait));
    }

    [TestCase(1, 2)]
    [TestCase(2, 4)]
    [TestCase(5, 32)]
    [TestCase(6, 60)]
    [TestCase(1000, 60)]
    public void DoublesTheWaitUpToABound(int attempts, int expected) =>
        Assert.That(Waits.After(attempts), Is.EqualTo(Seconds(expected)));

    [Test]
    public void CountsAttemptsByVersion()
    {
        var state = SwapPolicy.Pointed(Serving1, 2);
        for (var attempt = 1; attempt <= 3; attempt++)
            state = SwapPolicy.Rejected(state, 2, "bad", "NaN", Seconds(attempt), Waits);

        Assert.That(state.QuarantineOf(2), Is.EqualTo(new Quarantine(2, "bad", "NaN", 3, Seconds(3 + 8))));
    }

    [Test]
    public void HoldsTheSameBytesBackUnderAnotherNumber()
    {
        var held = SwapPolicy.Rejected(SwapPolicy.Pointed(Serving1, 2), 2, "bad", "NaN", Seconds(10), Waits);
        var shared = SwapPolicy.Shared(SwapPolicy.Pointed(held, 3), 3, SwapPolicy.ActiveQuarantine(held, "bad", Seconds(10))!);

        Assert.Multiple(() =>
        {
            Assert.That(SwapPolicy.ActiveQuarantine(held, "good", Seconds(10)), Is.Null);
            Assert.That(SwapPolicy.ActiveQuarantine(held, "bad", Seconds(12)), Is.Null);
            Assert.That(SwapPolicy.Next(shared, Seconds(11)), Is.EqualTo(SwapDecision.Wait));
            Assert.That(shared.QuarantineOf(3)?.Reason, Is.EqualTo("Same bytes as version 2: NaN"));
        });
    }

    [Test]
    public void ForgetsTheQuarantineOfAVersionThatIsProvenAfterAll()
    {
        var held = SwapPolicy.Rejected(SwapPolicy.Pointed(Serving1, 2), 2, "bad", "damaged", Seconds(10), Waits);

        Assert.That(SwapPolicy.Proven(held, new(2, "two")).Quarantined, Is.Empty);
    }

    [Test]
    public void TriesAgainForEverWhileTheStoreDoesNotDeliver()
    {
        var state = SwapPolicy.Pointed(Serving1, 2);
        for (var attempt = 0; attempt < 100; attempt++)
            state = SwapPolicy.Delayed(state, "away", Seconds(1000), Waits);

        Assert.Multiple(() =>
        {
            Assert.That(SwapPolicy.Next(state, Seconds(1059)), Is.EqualTo(SwapDecision.Wait));
            Assert.That(SwapPolicy.Next(state, Seconds(1060)), Is.EqualTo(SwapDecision.Prove(2)));
            Assert.That(state.Quarantined, Is.Empty);
        });
    }

    [Test]
    public void RemembersABoundedNumberOfQuarantines()
    {
        var state = Serving1;
        for (var version = 2; version < 1000; version++)
            state = SwapPolicy.Rejected(SwapPolicy.Pointed(state, version), version, $"{version}", "bad", Seconds(1), Waits);

        Assert.That(state.Quarantined, Has.Count.LessThan(50));
        Assert.That(state.QuarantineOf(999), Is.Not.Null);
    }

    [Test]
    public void VersionThatWasPutBackWaitsLongerEachTime()
    {
        var bad = TestGeneration.Profile(TestModel.Schema, 2).Manifest;
        var baking = SwapPolicy.Proven(SwapPolicy.Pointed(Serving1, 2), new(2, "onnx-2"));
        var once = SwapPolicy.PutBack(baking, bad, new(1, "one", "doubtful"), "NaN.", Seconds(10), default, Waits);
        var twice = SwapPolicy.PutBack(SwapPolicy.Proven(once, new(2, "onnx-2")), bad, new(1, "one"), "NaN.", Seconds(20), default, Waits);

        Assert.Multiple(() =>
        {
            Assert.That((once.Phase, once.Serving), Is.EqualTo((ServedModelState.Quarantined, new ServedVersion(1, "one", "doubtful"))));
            Assert.That(once.QuarantineOf(2), Is.EqualTo(new Quarantine(2, "archive-2", "It was put back: NaN.", 1, Seconds(12))));
            Assert.That(SwapPolicy.ActiveQuarantine(once, "archive-2", Seconds(11)), Is.Not.Null, "the same bytes under another number too");
            Assert.That(SwapPolicy.Next(once, Seconds(11)), Is.EqualTo(SwapDecision.Wait));
            Assert.That(twice.QuarantineOf(2)!.RetryAt, Is.EqualTo(Seconds(24)));
            Assert.That(twice.ToServedModel().PutBack, Is.EqualTo(new PutBackVersion(2, "onnx-2", 1, "NaN.", default)));
        });
    }

    [TestCase("onnx-2", ExpectedResult = SwapStep.Prove, TestName = "VersionThatWasPutBackIsServedAtOnceWhenAPersonChoosesIt")]
    [TestCase("onnx-3", ExpectedResult = SwapStep.Wait, TestName = "VersionThatWasPutBackWaitsWhenItIsPublishedAgain")]
    public SwapStep FollowsAPerson(string blocked)
    {
        var baking = SwapPolicy.Proven(SwapPolicy.Pointed(Serving1, 2), new(2, "onnx-2"));
        var putBack = SwapPolicy.PutBack(baking, TestGeneration.Profile(TestModel.Schema, 2).Manifest, new(1, "one"), "NaN.", Seconds(10), default, Waits);

        return SwapPolicy.Next(SwapPolicy.Pointed(SwapPolicy.Pointed(putBack, 1), 2, blocked: [blocked]), Seconds(11)).Step;
    }

    [TestCase(1, 2, "", ExpectedResult = true)]
    [TestCase(1, 2, "onnx-3", ExpectedResult = true)]
    [TestCase(1, 2, "onnx-1", ExpectedResult = false, TestName = "VersionThatWasRolledBackDoesNotReturn")]
    [TestCase(1, 2, "onnx-2", ExpectedResult = false, TestName = "NothingReturnsFromAVersionThatOnlyAPersonCanHavePublished")]
    [TestCase(1, 1, "", ExpectedResult = false, TestName = "VersionDoesNotReturnFromItself")]
    public bool ReturnsToTheVersionBefore(int before, int next, string blocked) => SwapPolicy.MayReturn(
        SwapPolicy.Pointed(Serving1, 2, blocked: blocked.Split(',', StringSplitOptions.RemoveEmptyEntries)),
        TestGeneration.Profile(TestModel.Schema, before).Manifest, TestGeneration.Profile(TestModel.Schema, next).Manifest);

    [TestCaseSource(nameof(Phases))]
    public void IsInOnePhase(SlotState state, ServedModelState expected) => Assert.That(state.Phase, Is.EqualTo(expected));

    private static IEnumerable<TestCaseData> Phases()
    {
        var wanted2 = SwapPolicy.Pointed(Serving1, 2);
        yield return new(Empty, ServedModelState.Loading);
        yield return new(SwapPolicy.Pointed(Empty, 1), ServedModelState.Loading);
        yield return new(SwapPolicy.Rejected(SwapPolicy.Pointed(Empty, 1), 1, "bad", "NaN", Seconds(1), Waits), ServedModelState.Failed);
        yield return new(Serving1, ServedModelState.Serving);
        yield return new(wanted2, ServedModelState.Swapping);
        yield return new(SwapPolicy.Delayed(wanted2, "away", Seconds(1), Waits), ServedModelState.Swapping);
        yield return new(SwapPolicy.Rejected(wanted2, 2, "bad", "NaN", Seconds(1), Waits), ServedModelState.Quarantined);
        yield return new(SwapPolicy.Pointed(SwapPolicy.Rejected(wanted2, 2, "bad", "NaN", Seconds(1), Waits), 1), ServedModelState.Serving);
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
