using Slipway.Benchmarks;
using Slipway.Benchmarks.Contestants;
using Slipway.Benchmarks.Figures;
using Slipway.Benchmarks.Load;
using Slipway.Build.Cli.Output;
using Slipway.Registry;

namespace Slipway.Build.Tests.Benchmarks;

public sealed class ComparisonRunTests
{
    private static readonly BenchmarkPlan Plan = BenchmarkPlan.Quick with { Rounds = 3, Rates = [] };
    private static readonly ContestantRequest Request = new("/v2/models/m/infer", "{}");

    private FakeLoad _load = new();

    [SetUp]
    public void StartFresh() => _load = new();

    [Test]
    public async Task LetsContestantsAnswerInTurnThereAndBackAfterAWarmUpThatDoesNotCount()
    {
        await RunAsync(Running("server", 1), Running("floor", 2));

        Assert.That(_load.Asked, Is.EqualTo(new[] { 1, 2, /* warm */ 1, 2, 2, 1, 1, 2 }));
        Assert.That(_load.Jobs.Take(2).Select(job => job.WarmUpMilliseconds), Is.All.EqualTo((int)Plan.WarmUp.TotalMilliseconds));
        Assert.That(_load.Jobs.Skip(2).Select(job => job.Milliseconds), Is.All.EqualTo((int)Plan.Window.TotalMilliseconds));
    }

    [Test]
    public async Task ComparesTheFirstWithEachOfTheOthersByRounds()
    {
        var comparison = await RunAsync(Running("server", 1), Running("floor", 2));

        Assert.That(comparison.Subject.Ratios, Is.Null);
        // port 2 completes twice as many
        Assert.That(comparison.Contestants[1].Ratios!.RequestsPerSecond.Median, Is.EqualTo(0.5));
        Assert.That(comparison.Contestants[1].Ratios!.ProcessorSeconds.Median, Is.EqualTo(2));
        Assert.That(comparison.Contestants[1].Rounds, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task ListsWhoIsNotThereWithWhatBringsThem()
    {
        var comparison = await RunAsync(Running("server", 1), new MissingContestant("nginx", "apt-get install nginx-light"), Running("floor", 2));

        Assert.That(comparison.Contestants.Select(contestant => contestant.Name), Is.EqualTo(new[] { "server", "nginx", "floor" }));
        Assert.That(comparison.Contestants[1], Has.Property(nameof(Measured.InstallHint)).EqualTo("apt-get install nginx-light").And.Property(nameof(Measured.Rounds)).Empty);
    }

    [Test]
    public void HasNoFiguresWhenOneContestantErrsOnce()
    {
        _load.Failing = 2;

        Assert.That(
            () => RunAsync(Running("server", 1), Running("floor", 2)),
            Throws.InstanceOf<SlipwayException>().With.Message.Contains("floor failed 1 of 2001 requests for /v2/models/m/infer; the first: status 503"));
    }

    [Test]
    public void HasNoFiguresWhenNothingWasAnswered()
    {
        _load.Silent = 2;

        Assert.That(() => RunAsync(Running("server", 1), Running("floor", 2)), Throws.InstanceOf<SlipwayException>().With.Message.Contains("floor completed no request"));
    }

    [Test]
    public async Task NeedsNoAnswerInTheWindowThatEndsTheWarmUp()
    {
        _load.SilentJobs = 2;

        var comparison = await RunAsync(Running("server", 1), Running("floor", 2));

        Assert.That(comparison.Contestants.Select(contestant => contestant.Rounds.Count), Is.All.EqualTo(Plan.Rounds));
    }

    [Test]
    public void HasNoFiguresWhenOneContestantErrsInItsWarmUp()
    {
        (_load.SilentJobs, _load.Failing) = (2, 2);

        Assert.That(() => RunAsync(Running("server", 1), Running("floor", 2)), Throws.InstanceOf<SlipwayException>().With.Message.Contains("floor failed 1 of 1 requests"));
        Assert.That(_load.Jobs, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task SendsTheSameShareOfTheSubjectsCapacityToAllThatCanServeIt()
    {
        // ports 2, 1 and 3 complete as many thousand requests per second
        var comparison = await RunAsync(Plan with { Rates = [25, 80] }, Running("server", 2), Running("slow", 1), Running("fast", 3));

        Assert.That(_load.Jobs.Where(job => job.Rate is not null).Select(job => (job.Url.Port, job.Rate)), Is.EqualTo(new[] { (2, 500), (1, 500), (3, 500), (2, 1600), (3, 1600) }));
        Assert.That(_load.Jobs.Where(job => job.Rate is not null).Select(job => job.Milliseconds), Is.All.EqualTo((int)Plan.RateWindow.TotalMilliseconds));
        Assert.That(comparison.Contestants[1].Rates!.Select(rate => rate.At is null), Is.EqualTo(new[] { false, true }));
        Assert.That(comparison.Subject.Rates!.Select(rate => (rate.Percent, rate.Rate, rate.At!.P999Microseconds)), Is.EqualTo(new[] { (25, 500, 250), (80, 1600, 250) }));
    }

    [Test]
    public async Task RefusesTheFiguresOfAPeerThatWaitsForATimer()
    {
        _load.Waiting = 2;

        var comparison = await RunAsync(Running("server", 1), Running("FastAPI", 2));

        Assert.That(comparison.Contestants[1], Has.Property(nameof(Measured.HasFigures)).False.And.Property(nameof(Measured.Ratios)).Null);
        Assert.That(comparison.Contestants[1].Refusal, Does.Contain("44 ms").And.Contain("TCP_NODELAY"));
    }

    [Test]
    public void HasNoFiguresWhenTheSubjectWaitsForATimer()
    {
        _load.Waiting = 1;

        Assert.That(() => RunAsync(Running("server", 1), Running("floor", 2)), Throws.InstanceOf<SlipwayException>().With.Message.Contains("server has no valid figures").And.Message.Contains("timer"));
    }

    private Task<Comparison> RunAsync(params Contestant[] contestants) => RunAsync(Plan, contestants);

    private Task<Comparison> RunAsync(BenchmarkPlan plan, params Contestant[] contestants) =>
        new ComparisonRun(_load, plan).RunAsync("One row", Request, contestants, new SilentStep(), CancellationToken.None);

    private static RunningContestant Running(string name, int port) =>
        new(name, new($"http://127.0.0.1:{port}"), new(name, Environment.ProcessId, default, "release", "log"));

    private sealed class FakeLoad : ILoad
    {
        public List<LoadJob> Jobs { get; } = [];

        public IEnumerable<int> Asked => Jobs.Select(job => job.Url.Port);

        public int Failing { get; set; }

        public int Silent { get; set; }

        // has a median of 44 ms, without work
        public int Waiting { get; set; }

        // so many jobs at first
        public int SilentJobs { get; set; }

        public Task<LoadResult> RunAsync(LoadJob job, CancellationToken cancellation)
        {
            Jobs.Add(job);
            var port = job.Url.Port;
            return Task.FromResult(new LoadResult(
                port == Silent || Jobs.Count <= SilentJobs ? 0 : 1000 * port, 1, port == Waiting ? 44_000 : 100, 200, 300, port == Failing ? 1 : 0, port == Failing ? "status 503" : null,
                port == Waiting ? 0.1 : 0.5, 0.1, [], 250));
        }
    }

    private sealed class SilentStep : IProgressStep
    {
        public void Now(string text)
        {
        }

        public void Note(string text)
        {
        }

        public void Fail()
        {
        }
    }
}
