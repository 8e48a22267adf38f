using Slipway.Inference.Generations;
using Slipway.Inference.Slots;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;

namespace Slipway.Inference.Tests.Generations;

public sealed class ModelGenerationTests
{
    [Test]
    public void DisposesItsSessionWhenTheLastLeaseIsBack()
    {
        var generation = Make(new(0.5f));
        Assert.That(generation.TryLease());
        generation.Retire();
        Assert.That(generation.IsDisposed, Is.False, "a lease is out");

        generation.Return();

        Assert.That(generation.IsDisposed);
        Assert.That(generation.TryLease(), Is.False);
    }

    [Test]
    public void TakesBackTheLeaseOfItsSlotOnce()
    {
        var generation = Make(new(0.5f));
        Assert.That(generation.TryLease());
        generation.Retire();
        generation.Retire();

        Assert.That(generation.IsDisposed, Is.False);
        generation.Return();
        Assert.That(generation.IsDisposed);
    }

    [Test]
    public async Task FinishesARunThatWasUnderWayWhenItWasRetired()
    {
        var version = new TestModel(0.5f) { Iterations = 200_000 };
        var generation = Make(version);
        using var running = new ManualResetEventSlim();
        Assert.That(generation.TryLease());
        var run = Task.Run(() =>
        {
            var batch = generation.Rent(1);
            Answers.RowFeatures.CopyTo(batch.Inputs);
            running.Set();
            batch.Run();
            var answer = batch.Outputs[0];
            var disposedMeanwhile = generation.IsDisposed;
            generation.Return(batch);
            generation.Return();
            return (answer, disposedMeanwhile);
        });
        running.Wait();
        generation.Retire();
        var (answer, disposedMeanwhile) = await run;

        Assert.That(disposedMeanwhile, Is.False);
        Assert.That(answer, Is.EqualTo(version.Predict(Answers.RowFeatures)).Within(1e-6));
        Assert.That(generation.IsDisposed);
    }

    [Test]
    public async Task SurvivesManyThreadsThatLeaseWhileSlotsSwap()
    {
        var slot = new ModelSlot("pump", TimeProvider.System, () => { });
        var generations = Enumerable.Range(0, 100).Select(i => Make(new(i))).ToArray();
        slot.Exchange(generations[0]);
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => Predict(slot, stop.Token))).ToArray();
        foreach (var next in generations[1..])
        {
            slot.Exchange(next);
            await Task.Yield();
        }

        await stop.CancelAsync();
        var wrong = (await Task.WhenAll(readers)).Sum();
        slot.Close();

        Assert.That(wrong, Is.Zero, "a prediction came from a generation other than the leased one");
        Assert.That(generations.Count(generation => generation.IsDisposed), Is.EqualTo(generations.Length));
    }

    [Test]
    public void EvictsOnlyWhatNobodyUses()
    {
        var slot = new ModelSlot("pump", TimeProvider.System, () => { });
        var generation = Make(new(1));
        Assert.That(slot.TryEvict(), Is.False, "nothing is loaded");
        slot.Exchange(generation);
        Assert.That(slot.TryLease(out var lease));

        Assert.That((slot.IsIdle, slot.TryEvict(), generation.IsDisposed), Is.EqualTo((false, false, false)));
        lease.Dispose();
        Assert.That((slot.IsIdle, slot.TryEvict(), generation.IsDisposed), Is.EqualTo((true, true, true)));

        Assert.That((slot.IsResident, slot.TryLease(out _)), Is.EqualTo((false, false)));
        Assert.That(slot.State.Serving?.Version, Is.EqualTo(1), "it is still the version that answers, once it is loaded again");
        slot.Close();
    }

    [Test]
    public async Task SurvivesManyThreadsThatLeaseWhileTheModelIsEvictedAndLoadedAgain()
    {
        var slot = new ModelSlot("pump", TimeProvider.System, () => { });
        var generations = Enumerable.Range(0, 100).Select(i => Make(new(i))).ToArray();
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            var wrong = 0;
            while (!stop.IsCancellationRequested)
                if (Predict(slot, stop.Token) is var failures and not int.MaxValue)
                    wrong += failures;
            return wrong;
        })).ToArray();
        var evicted = 0;
        foreach (var next in generations)
        {
            slot.Exchange(next);
            for (var attempt = 0; attempt < 1000 && slot.IsResident; attempt++)
                evicted += slot.TryEvict() ? 1 : 0;
            await Task.Yield();
        }

        await stop.CancelAsync();
        var wrong = (await Task.WhenAll(readers)).Sum();
        slot.Close();

        Assert.That(wrong, Is.Zero, "a prediction came from a generation other than the leased one");
        Assert.That(evicted, Is.GreaterThan(0), "or the test shows nothing");
        Assert.That(generations.Count(generation => generation.IsDisposed), Is.EqualTo(generations.Length));
    }

    [Test]
    public void KeepsTheAnswersOfBatchesOfEverySize()
    {
        var version = new TestModel(-1);
        var generation = Make(version);
        foreach (var rows in new[] { 1, 3, 2000, 2, 1, 64 })
        {
            var batch = generation.Rent(rows);
            for (var row = 0; row < rows; row++)
                new[] { row, 1f, 0, 0, 1 }.CopyTo(batch.Input(row));
            batch.Run();
            for (var row = 0; row < rows; row++)
                Assert.That(batch.Output(row)[0], Is.EqualTo(version.Predict(row, 1, 0, 0, 1)).Within(1e-5), $"row {row} of {rows}");
            generation.Return(batch);
        }

        generation.Retire();
    }

    private static int Predict(ModelSlot slot, CancellationToken stop)
    {
        var wrong = 0;
        while (!stop.IsCancellationRequested)
        {
            if (!slot.TryLease(out var lease))
                return int.MaxValue;
            using (lease)
            {
                var batch = lease.Generation.Rent(1);
                Answers.RowFeatures.CopyTo(batch.Inputs);
                batch.Run(CancellationToken.None);
                var expected = new TestModel(lease.Generation.Profile.Manifest.Version).Predict(Answers.RowFeatures);
                if (Math.Abs(batch.Outputs[0] - expected) > 1e-5)
                    wrong++;
                lease.Generation.Return(batch);
            }
        }

        return wrong;
    }

    /// <summary>The version number is the bias, so that a prediction identifies its version.</summary>
    private static ModelGeneration Make(TestModel version) => TestGeneration.Of(version, (int)version.Bias);
}
