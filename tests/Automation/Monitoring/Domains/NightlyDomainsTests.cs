using Slipway.Automation.Local.Watching;
using Slipway.Automation.Monitoring.Domains;
using Slipway.Automation.Tests.Aws;
using Slipway.Registry;
using Slipway.Registry.Monitoring.Domains;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Tests.Monitoring.Domains;

public sealed class NightlyDomainsTests
{
    private static readonly TimeSpan Enough = TimeSpan.FromMinutes(9), OfOneModel = TimeSpan.FromMinutes(5);

    private AwsFixture _aws = null!;

    [SetUp]
    public async Task Train()
    {
        _aws = new();
        await _aws.Deploys();
        await _aws.Trains("pressure,failed\n1,0\n2,1\n", fill: 1);
    }

    [Test]
    public async Task EachModelIsComparedOnceADay()
    {
        Assert.That((await RunAsync()).Verdicts.Select(verdict => (verdict.Model, verdict.State)), Is.EqualTo(new[] { ("pumps", DomainState.TooFew) }));
        Assert.That((await RunAsync()).Verdicts, Is.Empty, "the next hour of the same night");

        _aws.Time.Advance(TimeSpan.FromHours(21));
        Assert.That((await RunAsync()).Verdicts, Has.Exactly(1).Items, "the next day");
    }

    [Test]
    public async Task VerdictThatCannotBeReadIsWrittenOver()
    {
        await _aws.Store.PutAsync(StoreKeys.Domain("pumps"), new MemoryStream("{"u8.ToArray()), PutCondition.None);

        Assert.That((await RunAsync()).Verdicts, Has.Exactly(1).Items);
        Assert.That((await DomainMonitoring.FindAsync(_aws.Store, "pumps", default))!.State, Is.EqualTo(DomainState.TooFew));
    }

    [Test]
    public async Task WhatThereIsNoTimeForIsLeftForTheNextCall()
    {
        Assert.That(await RunAsync(start: TimeSpan.Zero), Is.EqualTo(new NightlyResult([], [], 1)).Using<NightlyResult>((left, right) => left.Left == right.Left && left.Verdicts.Count == right.Verdicts.Count));
        Assert.That((await RunAsync()).Verdicts, Has.Exactly(1).Items);
    }

    [Test]
    public async Task ModelThatTakesTooLongIsNotComparedAndNotDueAgain()
    {
        _aws.Store.Before = (operation, key) =>
        {
            if (operation == "Get" && key.StartsWith("datasets/", StringComparison.Ordinal))
                _aws.Time.Advance(OfOneModel);
        };
        var result = await RunAsync();

        Assert.That((result.Verdicts.Single().State, result.Failed), Is.EqualTo((DomainState.NotCompared, Array.Empty<string>())));
        Assert.That(result.Verdicts.Single().Sentence, Is.EqualTo("Reading the last day and the training data took longer than 5 minutes. Compare them on a machine that has the time: ./build.sh --target=Drift"));
        Assert.That((await RunAsync()).Verdicts, Is.Empty);
    }

    [Test]
    public async Task ModelThatCannotBeComparedIsReportedAndDueAgain()
    {
        _aws.Store.Before = (operation, key) =>
        {
            if (operation == "Get" && key.StartsWith("datasets/", StringComparison.Ordinal))
                throw new IOException("The bucket is away.");
        };

        Assert.That((await RunAsync()).Failed, Is.EqualTo(new[] { "'pumps' was not compared with its training data: The bucket is away." }));

        _aws.Store.Before = (_, _) => { };
        Assert.That((await RunAsync()).Verdicts, Has.Exactly(1).Items);
    }

    [Test]
    public void IsStoppedByItsCaller()
    {
        using var stop = new CancellationTokenSource();
        _aws.Store.Before = (operation, key) =>
        {
            if (operation == "Get" && key.StartsWith("datasets/", StringComparison.Ordinal))
                stop.Cancel();
        };

        Assert.That(() => Nightly().RunAsync(Enough, stop.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task WatchComparesEveryDayAndReportsAFailureOnce()
    {
        using var stop = new CancellationTokenSource();
        var reported = new List<WatchEvent>();
        var failing = true;
        _aws.Store.Before = (operation, key) =>
        {
            if (failing && operation == "Get" && key.StartsWith("datasets/", StringComparison.Ordinal))
                throw new IOException("The disk is away.");
        };
        var watch = new DomainWatch(_aws.Store, reported.Add, _aws.Time, new Never()).RunAsync(stop.Token);
        await _aws.Passes(() => reported.Count > 0);
        var from = _aws.Time.GetUtcNow();
        await _aws.Passes(() => _aws.Time.GetUtcNow() > from + TimeSpan.FromMinutes(25));
        failing = false;
        await _aws.Passes(() => _aws.Store.Read.Contains(StoreKeys.Domain("pumps")) && _aws.Store.HeadAsync(StoreKeys.Domain("pumps")).Result is not null);

        Assert.That(reported.Select(one => one.Text), Is.EqualTo(new[] { "'pumps' was not compared with its training data: The disk is away." }));
        await stop.CancelAsync();
        await watch;
    }

    private NightlyDomains Nightly() => new(_aws.Store, new Never(), OfOneModel, _aws.Time);

    private Task<NightlyResult> RunAsync(TimeSpan? start = null) => Nightly().RunAsync(start ?? Enough, CancellationToken.None);

    private sealed class Never : IDomainClassifier
    {
        public DomainScore Score(DomainSamples samples, CancellationToken cancellation) => throw new InvalidOperationException("There are too few rows for it.");
    }
}
