using System.Text.Json;
using Slipway.Soak.Clocks;
using Slipway.Soak.Fleet;
using Slipway.Soak.Rows;
using Slipway.Soak.Swappers;

namespace Slipway.Build.Tests.Soaking;

/// <summary>The soak and the processes that it starts meet in lines of text.</summary>
public sealed class SoakProcessTests
{
    [Test]
    public void AJobOfSwapsArrivesAsItWasSent()
    {
        var job = new SwapperJob(["--Store=/s t"], "pumps", 10, 2, 65536);
        var arrived = SwapperJob.Of(job.ToJson());

        Assert.That(arrived with { Arguments = job.Arguments }, Is.EqualTo(job));
        Assert.That(arrived.Arguments, Is.EqualTo(job.Arguments));
        Assert.That(() => SwapperJob.Of("{}"), Throws.InstanceOf<JsonException>());
    }

    [Test]
    public void ASampleIsToldFromALineOfTheLog()
    {
        var sample = new SwapperSample(40, 123_456_789, 20, 99);

        Assert.That(SwapperSample.Of(sample.ToLine()), Is.EqualTo(sample));
        Assert.That(SwapperSample.Of("info: The model was swapped."), Is.Null);
    }

    [Test]
    public void TheWarmUpDoesNotCount()
    {
        // grows in its first fifth alone
        List<SwapperSample> samples = [.. Enumerable.Range(1, 100).Select(i => new SwapperSample(i * 10, 1_000_000 + Math.Min(i, 20) * 50_000 + (i % 2 * 1000), 1, 1))];

        Assert.That(MemoryOfSwaps.SlopeOf(samples).Grows, Is.False);
        Assert.That(MemoryOfSwaps.SlopeOf([.. samples.Select(sample => sample with { Bytes = sample.Bytes + sample.Swaps * 100L })]).Grows, Is.True);
    }

    [Test]
    public void AJobOfJumpsArrivesAsItWasSent()
    {
        var job = new JumpingJob(["--a"], ["--b", "--c"], "/store");
        var arrived = JumpingJob.Of(job.ToJson());

        Assert.That((arrived.Server, arrived.Gateway, arrived.Store), Is.EqualTo((job.Server, job.Gateway, job.Store)));
    }

    [Test]
    public void AClockThatJumpsLeavesElapsedTimeAlone()
    {
        var time = new JumpingTime();
        var (started, before) = (time.GetTimestamp(), time.GetUtcNow());
        time.Offset = TimeSpan.FromDays(-1);

        Assert.That(time.GetUtcNow(), Is.LessThan(before.AddHours(-23)));
        Assert.That(time.GetElapsedTime(started), Is.GreaterThanOrEqualTo(TimeSpan.Zero).And.LessThan(TimeSpan.FromHours(1)));
    }

    [Test]
    public void AFolderThatIsAwayCannotBeCreatedAgainAndComesBack()
    {
        var root = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var (store, aside) = (Path.Combine(root, "store"), Path.Combine(root, "aside"));
            Directory.CreateDirectory(store);
            File.WriteAllText(Path.Combine(store, "a"), "x");
            using (new AwayFolder(store, aside))
                Assert.That(() => Directory.CreateDirectory(Path.Combine(store, "replicas")), Throws.InstanceOf<IOException>());

            Assert.That(File.ReadAllText(Path.Combine(store, "a")), Is.EqualTo("x"));
        }
        finally
        {
            TestFolder.Remove(root);
        }
    }
}
