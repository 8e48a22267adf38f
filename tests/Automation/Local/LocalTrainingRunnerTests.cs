using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Slipway.Automation.Jobs;
using Slipway.Automation.Local;
using Slipway.Registry;
using Slipway.Registry.Costs;

namespace Slipway.Automation.Tests.Local;

public sealed class LocalTrainingRunnerTests
{
    private TrainingFixture _fixture = null!;
    private string _work = null!;

    [SetUp]
    public async Task SetUp()
    {
        _fixture = new();
        await _fixture.PutDataset("pressure,failed\n1,0\n2,1\n3,0\n");
        _work = Directory.CreateTempSubdirectory("slipway-work-").FullName;
    }

    [TearDown]
    public void TearDown()
    {
        _fixture.Dispose();
        TestFolder.Remove(_work);
    }

    [Test]
    public async Task TrainerThatEndsWithoutAReasonIsRerunOnceAndThenFails()
    {
        var job = await _fixture.DatasetArrives();
        var lines = new List<string>();
        var end = await Runner().RunAsync(job, line => Add(lines, line), default);

        Assert.That(end.Kind, Is.EqualTo(TrainingEndKind.Failed));
        Assert.That(end.Reason, Does.Contain("gave no reason. This happened 2 times"));
        Assert.That(lines.Count(line => line.Contains("rerun once")), Is.EqualTo(1));
        Assert.That(Directory.EnumerateFileSystemEntries(_work), Is.Empty);
    }

    [Test]
    public async Task SecondsOfTheTrainerAreMeasuredAndPricedIfSomebodySaysThePrice()
    {
        var job = await _fixture.DatasetArrives();
        var trainer = new SlowTrainer(_fixture.Time, TimeSpan.FromSeconds(90));
        var prices = new PriceTable("EUR", new(2026, 11, 1), "our machine", new Dictionary<string, RegionPrices> { [PriceTable.Local] = new(new Dictionary<string, decimal> { [PriceTable.Process] = 0.4m }) });
        var unpriced = await new LocalTrainingRunner(_fixture.Store, trainer, _work, _fixture.Time).RunAsync(job, _ => { }, default);
        var priced = await new LocalTrainingRunner(_fixture.Store, trainer, _work, _fixture.Time, prices).RunAsync(job, _ => { }, default);

        Assert.That(CostText.Of(unpriced.Cost), Is.EqualTo("no price given for process in local: 90 seconds on process"));
        Assert.That((priced.Cost!.Amount, priced.Cost.Price!.Currency), Is.EqualTo((0.01m, "EUR")));
    }

    private sealed class SlowTrainer(FakeTimeProvider time, TimeSpan takes) : ITrainerProgram
    {
        public Task<TrainerEnd> RunToEndAsync(string root, Action<string> output, CancellationToken cancellation)
        {
            time.Advance(takes);
            return Task.FromResult(new TrainerEnd("row 7"));
        }
    }

    [Test]
    public async Task StoresTheTrainersOutputNextToTheJob()
    {
        var job = await _fixture.DatasetArrives();
        await Runner().RunAsync(job, _ => { }, default);
        await using var log = await _fixture.Store.GetAsync(StoreKeys.TrainingLog(job.Id));

        Assert.That(await new StreamReader(log!.Content).ReadToEndAsync(), Does.Contain("no-such-trainer.dll").And.Contain("The job will be rerun once."));
    }

    [Test]
    public async Task TrainerOfAHostThatWasKilledIsEndedFirst()
    {
        using var orphan = Sleeper();
        Leave(orphan, startedAt: orphan.StartTime.ToUniversalTime());
        await Runner().RunAsync(await _fixture.DatasetArrives(), _ => { }, default);

        Assert.That(orphan.WaitForExit(TimeSpan.FromSeconds(60)), Is.True);
        Assert.That(Directory.EnumerateFileSystemEntries(_work), Is.Empty);
    }

    [Test]
    public async Task ProcessThatOnlyGotTheSameIdIsLeftAlone()
    {
        using var stranger = Sleeper();
        Leave(stranger, startedAt: stranger.StartTime.ToUniversalTime().AddMinutes(-5));
        await Runner().RunAsync(await _fixture.DatasetArrives(), _ => { }, default);

        Assert.That(stranger.HasExited, Is.False);
        stranger.Kill();
    }

    private LocalTrainingRunner Runner() =>
        new(_fixture.Store, new TrainerProcess(Path.Combine(_work, "no-such-trainer.dll"), TimeSpan.FromMinutes(1), TimeProvider.System), _work, TimeProvider.System);

    private void Leave(Process process, DateTime startedAt)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_work, "pumps-0123456789ab-a1.dead")).FullName;
        File.WriteAllText(Path.Combine(folder, "trainer.process"), string.Create(CultureInfo.InvariantCulture, $"{process.Id} {startedAt.Ticks}"));
    }

    private static Process Sleeper() => OperatingSystem.IsWindows()
        ? Process.Start("ping", ["-n", "600", "127.0.0.1"])
        : Process.Start("sleep", ["600"]);

    // each stream of a process arrives on its own thread
    private static void Add(List<string> lines, string line)
    {
        lock (lines)
            lines.Add(line);
    }
}
