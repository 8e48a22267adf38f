using Slipway.Inference.Bakes;
using Slipway.Inference.Generations;
using Slipway.Inference.Slots;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;
using Slipway.Registry.Models;

namespace Slipway.Inference.Tests.Bakes;

/// <summary>Doubts of a bake, and what settles them: real generations, and latencies that the tests give.</summary>
public sealed class BakeTests
{
    private static readonly BackOff Retry = new(TimeSpan.FromMinutes(5), TimeSpan.FromHours(1));
    private static readonly BakeSettings Settings = new(TimeSpan.FromMinutes(10), new(), Retry, RecentRows: 64);
    private static readonly TimeSpan Usual = TimeSpan.FromMicroseconds(100);
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(5);

    // the label of each depends on the number of the second column only
    private static readonly TestModel Good = new(2);
    private static readonly PredictedDisagreement HardlyAny = new(1000, 10, 0.005, 0.02);

    private ModelSlot _slot = null!;

    [SetUp]
    public void SetUp() => _slot = new("pump", TimeProvider.System, () => { });

    [TearDown]
    public void TearDown() => _slot.Close();

    [Test]
    public void PutsAVersionBackThatIsSlowForTheSameRequests()
    {
        Bake(TestGeneration.Of(Good with { Iterations = 3_000 }, 2));
        Ask(100, Long, wear: 10);

        Assert.That(_slot.State.QuarantineOf(2)?.Reason, Does.Match("It was put back: it took more than 3 times as long as version 1 for [0-9]+ of [0-9]+ recent requests"));
        Assert.That(_slot.State.Serving?.Version, Is.EqualTo(1));
    }

    [Test]
    public void BusyMachineIsNotTheVersionsFault()
    {
        Bake(TestGeneration.Of(Good with { Bias = 2.01f }, 2));
        Ask(500, Long, wear: 10);

        Assert.That((_slot.State.Serving?.Version, _slot.State.LastPutBack), Is.EqualTo((2, default(PutBack))));
    }

    [Test]
    public void PutsAVersionBackThatPredictsSomethingElseForTheSameRequests()
    {
        Bake(TestGeneration.Of(new(-20), 2, HardlyAny, champion: 1));
        Ask(100, Usual, wear: 10);

        Assert.That(_slot.State.QuarantineOf(2)?.Reason, Does.Match("It was put back: it predicts something else than version 1 for [0-9]+ of [0-9]+ recent requests; after 10 of 1000 on the holdout, up to 22 % is accepted"));
        Assert.That(_slot.State.Serving?.Version, Is.EqualTo(1));
    }

    [Test]
    public void OtherRequestsAreNotTheVersionsFault()
    {
        Bake(TestGeneration.Of(Good with { Bias = 2.01f }, 2, HardlyAny, champion: 1));
        Ask(500, Usual, wear: 240);

        Assert.That((_slot.State.Serving?.Version, _slot.State.LastPutBack), Is.EqualTo((2, default(PutBack))));
    }

    [Test]
    public void VersionThatTheGateDidNotCompareMayPredictSomethingElse()
    {
        Bake(TestGeneration.Of(new(-20), 2));
        Ask(500, Usual, wear: 10);

        Assert.That(_slot.State.Serving?.Version, Is.EqualTo(2));
    }

    [Test]
    public void KeepsTheGenerationBeforeUntilTheBakeHasEnded()
    {
        var before = Bake(TestGeneration.Of(Good, 2), Settings with { Time = TimeSpan.FromTicks(1) });
        Assert.That((before.State, before.IsDisposed, _slot.State.Warm?.Version), Is.EqualTo((GenerationState.Draining, false, 1)));

        _slot.EndBake();

        Assert.That((before.IsDisposed, _slot.State.Warm, _slot.State.Generation), Is.EqualTo((true, default(ServedVersion), GenerationState.Serving)));
    }

    [Test]
    public void DisposesAVersionThatWasPutBackWhenItsLastLeaseIsBack()
    {
        var next = TestGeneration.Of(Good, 2);
        var before = Bake(next);
        Assert.That(_slot.TryLease(out var lease));

        _slot.PutBack(next, "because", Retry);

        Assert.That((next.State, next.IsDisposed), Is.EqualTo((GenerationState.Draining, false)), "a request still runs");
        lease.Dispose();
        Assert.That((next.IsDisposed, before.State, before.IsDisposed), Is.EqualTo((true, GenerationState.Serving, false)));
    }

    [Test]
    public void PutsNothingBackTwice()
    {
        var next = TestGeneration.Of(Good, 2);
        Bake(next);
        _slot.PutBack(next, "because", Retry);
        _slot.PutBack(next, "because again", Retry);

        Assert.That((_slot.PutBacks, _slot.State.LastPutBack?.Record.Reason), Is.EqualTo((1, "because")));
    }

    [Test]
    public void DecisionAboutAGenerationThatWasReplacedMeanwhileIsVoid()
    {
        var next = TestGeneration.Of(Good, 2);
        Bake(next);
        _slot.Exchange(TestGeneration.Of(Good, 3), bake: Settings);
        _slot.PutBack(next, "because", Retry);

        Assert.That((_slot.State.Serving?.Version, _slot.State.Warm?.Version), Is.EqualTo((3, 1)));
    }

    [Test]
    public void SameVersionAgainIsNotComparedWithItself()
    {
        var before = Bake(TestGeneration.Of(Good, 2));
        var again = TestGeneration.Of(Good, 1);

        _slot.Exchange(again, bake: Settings);

        Assert.That((again.State, before.IsDisposed, _slot.State.Warm), Is.EqualTo((GenerationState.Serving, true, default(ServedVersion))));
    }

    [Test]
    public void NotesAnAnswerWithoutAllocating()
    {
        var next = TestGeneration.Of(Good, 2);
        Bake(next);
        var batch = next.Rent(1);
        Row(10).CopyTo(batch.Inputs);
        batch.Run();
        Note(100);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Note(5000);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        next.Return(batch);

        void Note(int answers)
        {
            for (var i = 0; i < answers; i++)
                next.Traffic!.Answered(batch, Usual, (ulong)i);
        }
    }

    /// <returns>The generation before, which has answered some requests.</returns>
    private ModelGeneration Bake(ModelGeneration next, BakeSettings? settings = null)
    {
        var before = TestGeneration.Of(Good, 1);
        _slot.Exchange(before, bake: settings ?? Settings);
        for (var i = 0; i < 200; i++)
            before.Answer(Usual, Row(i % 20));
        _slot.Exchange(next, bake: settings ?? Settings);
        return before;
    }

    private void Ask(int requests, TimeSpan elapsed, float wear)
    {
        for (var i = 0; i < requests && _slot.State.Generation == GenerationState.Baking; i++)
        {
            Assert.That(_slot.TryLease(out var lease));
            using (lease)
                lease.Generation.Answer(elapsed, Row(wear + i / 64f));
        }
    }

    private static float[] Row(float wear) => [40, wear, 0, 1, 0];
}
