using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Slipway.Gateway.Options;
using Slipway.Gateway.Probes;
using Slipway.Gateway.Rollouts;
using Slipway.Gateway.Shadows;
using Slipway.Gateway.Traffic;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Storage;

namespace Slipway.Gateway.Tests.Rollouts;

public class ObservationStoreTests
{
    private DirectoryInfo _folder = null!;
    private DirectoryObjectStore _store = null!;

    [SetUp]
    public void SetUp() => _store = new((_folder = Directory.CreateTempSubdirectory("slipway-observations-")).FullName);

    [TearDown]
    public void TearDown() => TestFolder.Remove(_folder);

    [Test]
    public async Task AddsUpWhatAllProcessesHaveCounted()
    {
        var (one, two) = (Process(), Process());
        one.Count(Color.Green, AttemptOutcome.Errors, times: 2);
        two.Count(Color.Green, AttemptOutcome.Answered, times: 3);
        two.Count(Color.Blue, AttemptOutcome.Answered, times: 5);
        await two.Observations.WriteAsync(default);
        Assert.That((await one.ReadAsync()).Counts.Shares, Is.EqualTo(new[] { new ShareCounts(10, new(Answered: 3, Errors: 2), new(Answered: 5)) }));

        two.Count(Color.Green, AttemptOutcome.Errors, times: 1);
        await two.Observations.WriteAsync(default);
        Assert.That((await one.ReadAsync()).Counts.Shares.Single().Candidate, Is.EqualTo(new ArmCounts(Answered: 3, Errors: 3)));
    }

    [Test]
    public async Task AProcessThatDiesLeavesItsCounts()
    {
        var died = Process();
        died.Count(Color.Green, AttemptOutcome.Errors, times: 2);
        await died.Observations.WriteAsync(default);
        var next = Process();
        Assert.That((await next.ReadAsync()).Counts.Shares.Single().Candidate, Is.EqualTo(new ArmCounts(Errors: 2)));
    }

    [Test]
    public async Task WritesOnlyWhatHasChanged()
    {
        var process = Process();
        await process.Observations.WriteAsync(default);
        process.Count(Color.Green, AttemptOutcome.Answered, times: 1);
        await process.Observations.WriteAsync(default);
        await process.Observations.WriteAsync(default);
        Assert.That((await OwnAsync(process))!.Sequence, Is.EqualTo(2));
    }

    [Test]
    public async Task AnObservationThatVanishesIsWrittenAgain()
    {
        var process = Process();
        process.Count(Color.Green, AttemptOutcome.Errors, times: 1);
        await process.Observations.WriteAsync(default);
        await _store.PutAsync(Key(process.Holder), new MemoryStream("{"u8.ToArray()), PutCondition.None);
        await process.ReadAsync();
        await process.Observations.WriteAsync(default);
        Assert.That((await OwnAsync(process))!.Counts.CandidateRequests, Is.EqualTo(1));

        await _store.DeleteAsync(Key(process.Holder));
        await process.ReadAsync();
        process.Count(Color.Green, AttemptOutcome.Errors, times: 1);
        await process.Observations.WriteAsync(default);
        Assert.That((await OwnAsync(process))!.Counts.CandidateRequests, Is.EqualTo(2));
    }

    [Test]
    public async Task ATornOneIsIgnoredAndDoesNotUndoWhatWasReadBefore()
    {
        var (one, two) = (Process(), Process());
        two.Count(Color.Green, AttemptOutcome.Errors, times: 2);
        await two.Observations.WriteAsync(default);
        await one.ReadAsync();
        foreach (var torn in new[] { "", "{", "null", "[]", """{ "rollout": "r1" }""", new string(' ', ObservationPolicy.MaxBytes + 1) })
        {
            await _store.PutAsync(Key(two.Holder), new MemoryStream(System.Text.Encoding.UTF8.GetBytes(torn)), PutCondition.None);
            await _store.PutAsync(Key("never-read"), new MemoryStream(System.Text.Encoding.UTF8.GetBytes(torn)), PutCondition.None);
            Assert.That((await one.ReadAsync()).Counts.CandidateRequests, Is.EqualTo(2), torn.Trim());
        }
    }

    [Test]
    public async Task OneOfAnotherCandidateDoesNotCount([Values("r0", "r2")] string rollout)
    {
        var (one, other) = (Process(), Process(rollout));
        other.Count(Color.Green, AttemptOutcome.Errors, times: 2);
        await other.Observations.WriteAsync(default);
        Assert.That((await one.ReadAsync()).Counts.CandidateRequests, Is.Zero);
        Assert.That(await OwnAsync(other), Is.Not.Null);
    }

    [Test]
    public async Task TheHolderRemovesThoseOfRolloutsThatHaveEnded()
    {
        var (holder, ended, beyond) = (Process(), Process("r0"), Process("r2"));
        foreach (var process in new[] { ended, beyond })
        {
            process.Count(Color.Green, AttemptOutcome.Errors, times: 2);
            await process.Observations.WriteAsync(default);
        }
        await holder.Observations.ReadAsync("r1", mayRemove: true, default);
        Assert.That(await OwnAsync(ended), Is.Null);
        Assert.That(await OwnAsync(beyond), Is.Not.Null, "it may be that this gateway has missed something");
    }

    [Test]
    public async Task ANewRolloutStartsAtZeroInTheSameProcess()
    {
        var process = Process();
        process.Count(Color.Green, AttemptOutcome.Errors, times: 2);
        await process.Observations.WriteAsync(default);
        process.Counter.Follow(Plans.Running(10, Plans.Plan("r2")));
        await process.Observations.WriteAsync(default);
        Assert.That((await process.Observations.ReadAsync("r2", mayRemove: true, default)).Counts.CandidateRequests, Is.Zero);
        Assert.That((await OwnAsync(process))!.Rollout, Is.EqualTo("r2"));
    }

    [Test]
    public async Task WhatWouldDieWithTheProcessDecidesNothing()
    {
        var process = Process();
        process.Count(Color.Green, AttemptOutcome.Errors, times: 2);
        await process.Observations.WriteAsync(default);
        process.Count(Color.Green, AttemptOutcome.Errors, times: 1);
        Assert.That((await process.Observations.ReadAsync("r1", mayRemove: false, default)).Counts.CandidateRequests, Is.EqualTo(2));
        Assert.That((await process.ReadAsync()).Counts.CandidateRequests, Is.EqualTo(3));
    }

    [Test]
    public async Task KnowsStablesP99OnceEnoughAnswersWereMeasured()
    {
        var process = Process();
        process.Count(Color.Blue, AttemptOutcome.Answered, times: 99);
        Assert.That((await process.ReadAsync()).StableP99Microseconds, Is.Null);
        process.Count(Color.Blue, AttemptOutcome.Answered, times: 1);
        Assert.That((await process.ReadAsync()).StableP99Microseconds, Is.EqualTo(1000).Within(64));
    }

    private async Task<RolloutObservation?> OwnAsync(TestProcess process) =>
        (await _store.ReadAsync(Key(process.Holder), RegistryJson.Default.RolloutObservation))?.Value;

    private static string Key(string holder) => StoreKeys.Observation("main", holder);

    private TestProcess Process(string rollout = "r1")
    {
        var options = new GatewayOptions { Store = _folder.FullName };
        var counter = new RolloutCounter(new(), TimeProvider.System, NullLogger<RolloutCounter>.Instance);
        var records = new TrafficRecords(_store, options, new FakeTimeProvider());
        counter.Follow(Plans.Running(10, Plans.Plan(rollout)));
        return new(rollout, records.Holder, counter, new(_store, counter, new ShadowTally(), new NoProbes(), records, options, NullLogger<ObservationStore>.Instance));
    }

    private sealed record TestProcess(string Rollout, string Holder, RolloutCounter Counter, ObservationStore Observations)
    {
        public void Count(Color color, AttemptOutcome outcome, int times)
        {
            for (var i = 0; i < times; i++)
                Counter.Attempted(new(Plans.Running(10, Plans.Plan(Rollout)).Rollout!, 10, color, outcome, 1000, null, null));
        }

        /// <summary>As the controller does: what it has counted is in the store before it decides.</summary>
        public async Task<RolloutEvidence> ReadAsync()
        {
            await Observations.WriteAsync(default);
            return await Observations.ReadAsync("r1", mayRemove: false, default);
        }
    }

    private sealed class NoProbes : IGoldenProbes
    {
        public ProbeCounts Counts(string rollout) => ProbeCounts.None;
    }
}
