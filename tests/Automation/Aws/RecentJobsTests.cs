using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Slipway.Automation.Aws;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Tests.Aws;

public sealed class RecentJobsTests
{
    private readonly FakeTimeProvider _time = new(new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    [Test]
    public async Task ReadsOnlyTheNewest()
    {
        var store = await FilledAsync(7);

        // their names are not in the order of their times
        Assert.That((await new RecentJobs(store, most: 3).OfAsync("pumps", default)).Select(job => job.Id), Is.EqualTo(new[] { Id(4), Id(5), Id(6) }));
        Assert.That(store.Read.Where(key => key.EndsWith("lineage.json", StringComparison.Ordinal)), Has.Exactly(3).Items);
    }

    [Test]
    public async Task DecisionsReadABoundedNumber()
    {
        var store = await FilledAsync(RecentJobs.MaxJobs + 5);

        Assert.That(await new RecentJobs(store).OfAsync("pumps", default), Has.Count.EqualTo(RecentJobs.MaxJobs));
    }

    [Test]
    public async Task AnswersHaveAllJobsOrRefuse()
    {
        var store = await FilledAsync(4);

        Assert.That(await new RecentJobs(store, most: 4, whole: true).OfAsync("pumps", default), Has.Count.EqualTo(4));
        Assert.That(
            () => new RecentJobs(store, most: 3, whole: true).OfAsync("pumps", default),
            Throws.TypeOf<SlipwayException>().With.Message.EqualTo(
                "'pumps' has more than 3 training jobs in the store, and an answer about only some of them would be wrong. "
                + "Remove the folders of jobs that registered no version, under training-jobs/pumps-..., and try again."));
        Assert.That(await RecentJobs.OfAnAnswer(store).OfAsync("pumps", default), Has.Count.EqualTo(4));
    }

    private async Task<BucketStore> FilledAsync(int jobs)
    {
        var store = new BucketStore(_time);
        for (var i = 0; i < jobs; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            var lineage = new Lineage(
                Id(i), "pumps", new("datasets/pumps/a.csv", "a", "a", 10, null), "spec", "linear", new Dictionary<string, string>(), 1,
                new("commit", Dirty: false), new("release", "X64", new Dictionary<string, string>()), null, _time.GetUtcNow(), null);
            await store.WriteAsync(StoreKeys.TrainingLineage(Id(i)), lineage, RegistryJson.Default.Lineage, PutCondition.Absent);
        }

        return store;
    }

    private static string Id(int i) => $"pumps-{(i * 7919 % 4096).ToString("x12", CultureInfo.InvariantCulture)}-a1";
}
