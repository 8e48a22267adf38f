using Slipway.Faults.Rules;

namespace Slipway.Registry.Tests.Faults;

public sealed class FaultScriptTests
{
    [Test]
    public void BeginsAfterSomeRequestsAndEndsAfterSomeFaults()
    {
        var script = new FaultScript(seed: 1);
        var fault = script.Add(new(FaultKind.SlowDown) { Operations = StoreOperations.Get, Prefix = "models/", After = 2, Times = 3 });

        var met = Enumerable.Range(0, 10).Select(_ => script.Meet(StoreOperations.Get, "models/m").Count).ToList();
        script.Meet(StoreOperations.Put, "models/m");
        script.Meet(StoreOperations.Get, "datasets/m");

        Assert.That(met, Is.EqualTo(new[] { 0, 0, 1, 1, 1, 0, 0, 0, 0, 0 }));
        Assert.That((fault.Matched, fault.Injected, script.Requests), Is.EqualTo((10, 3, 12)));
    }

    [Test]
    public void InjectsTheSameFaultsForTheSameSeed()
    {
        var (first, again, other) = (Met(7), Met(7), Met(8));
        Assert.That(again, Is.EqualTo(first));
        Assert.That(other, Is.Not.EqualTo(first));
        Assert.That(first.Count(met => met), Is.InRange(200, 300), "a quarter of 1,000");

        static List<bool> Met(int seed)
        {
            var script = new FaultScript(seed);
            script.Add(new(FaultKind.InternalError) { Probability = 0.25 });
            return [.. Enumerable.Range(0, 1000).Select(_ => script.Meet(StoreOperations.Head, "a").Count > 0)];
        }
    }

    [Test]
    public void InjectsADelayAndOneOtherFault()
    {
        var script = new FaultScript(seed: 1);
        script.Add(new(FaultKind.Delay));
        script.Add(new(FaultKind.SlowDown));
        var third = script.Add(new(FaultKind.InternalError));

        Assert.That(script.Meet(StoreOperations.Get, "a").Select(fault => fault.Rule.Kind), Is.EqualTo(new[] { FaultKind.Delay, FaultKind.SlowDown }));
        Assert.That(third.Injected, Is.Zero);
    }

    [Test]
    public void EndsAFaultThatIsDisposedAndAllThatAreCleared()
    {
        var script = new FaultScript(seed: 1);
        var (one, other) = (script.Add(new(FaultKind.SlowDown)), script.Add(new(FaultKind.Hang)));
        one.Dispose();

        Assert.That(script.Meet(StoreOperations.Get, "a").Single(), Is.SameAs(other));
        Assert.That((one.Ended.IsCompleted, other.Ended.IsCompleted), Is.EqualTo((true, false)));
        script.Clear();
        Assert.That(script.Meet(StoreOperations.Get, "a"), Is.Empty);
        Assert.That(other.Ended.IsCompleted, Is.True);
    }

    [TestCase(FaultKind.Truncate, StoreOperations.Get)]
    [TestCase(FaultKind.StaleList, StoreOperations.List)]
    [TestCase(FaultKind.NoSpace, StoreOperations.Put | StoreOperations.Copy)]
    [TestCase(FaultKind.LostAnswer, StoreOperations.Writes)]
    [TestCase(FaultKind.Hang, StoreOperations.All)]
    public void AffectsOnlyWhatAFaultCanHappenTo(FaultKind kind, StoreOperations affected) => Assert.That(new FaultRule(kind).Affected, Is.EqualTo(affected));
}
