using System.Globalization;
using Slipway.Automation.Datasets;
using Slipway.Automation.Local;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Tests.Local;

public sealed class LocalJobsTests
{
    private static readonly DateTime Start = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private DirectoryInfo _folder = null!;

    private DirectoryObjectStore Store => new(_folder.FullName);

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("slipway-jobs-");

    [TearDown]
    public void RemoveFolder() => TestFolder.Remove(_folder.FullName);

    [Test]
    public async Task ReadsOnlyTheNewest()
    {
        await FillAsync(7);

        // their names are not in the order of their times
        Assert.That((await new LocalJobs(Store, _folder.FullName, most: 3).OfAsync("pumps", default)).Select(job => job.Id), Is.EqualTo(new[] { Id(4), Id(5), Id(6) }));
    }

    [Test]
    public async Task DecisionsReadABoundedNumber()
    {
        await FillAsync(DatasetJobs.MaxJobs + 5);

        Assert.That(await new LocalJobs(Store, _folder.FullName).OfAsync("pumps", default), Has.Count.EqualTo(DatasetJobs.MaxJobs));
    }

    [Test]
    public async Task AnswersHaveAllJobsOrRefuse()
    {
        await FillAsync(4);

        Assert.That(await LocalJobs.OfAnAnswer(Store, _folder.FullName).OfAsync("pumps", default), Has.Count.EqualTo(4));
        Assert.That(
            () => new LocalJobs(Store, _folder.FullName, most: 3, whole: true).OfAsync("pumps", default),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("'pumps' has more than 3 training jobs in the store"));
    }

    private async Task FillAsync(int jobs)
    {
        for (var i = 0; i < jobs; i++)
        {
            var lineage = new Lineage(
                Id(i), "pumps", new("datasets/pumps/a.csv", "a", "a", 10, null), "spec", "linear", new Dictionary<string, string>(), 1,
                new("commit", Dirty: false), new("release", "X64", new Dictionary<string, string>()), null, Start.AddMinutes(i), null);
            await Store.WriteAsync(StoreKeys.TrainingLineage(Id(i)), lineage, RegistryJson.Default.Lineage, PutCondition.Absent);
            File.SetLastWriteTimeUtc(Path.Combine(_folder.FullName, StoreKeys.TrainingLineage(Id(i))), Start.AddMinutes(i));
        }
    }

    private static string Id(int i) => $"pumps-{(i * 7919 % 4096).ToString("x12", CultureInfo.InvariantCulture)}-a1";
}
