using System.Text;
using Slipway.Automation.Jobs;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Tests.Reports;

public sealed class TrainingReportsTests
{
    private TrainingFixture _fixture = null!;

    [SetUp]
    public async Task SetUp() => _fixture = await TrainingFixture.WithADataset();

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [TestCase(0.9, "Registered as version 1")]
    [TestCase(0.1, "Refused because 1 of 1 gates failed: metric averagePrecision 0.1")]
    public async Task EvaluatedJobHasBothReports(double averagePrecision, string verdict)
    {
        var job = await _fixture.DatasetArrives();
        await _fixture.TrainerLeaves(job, averagePrecision);
        await _fixture.TrainingFinishes(job);

        Assert.That(await Page(job.Id), Does.Contain(verdict));
        Assert.That(await Markdown(job.Id), Does.Contain(verdict));
    }

    [Test]
    public async Task FailedJobHasAReportOfItsReason()
    {
        var job = await _fixture.DatasetArrives();
        await _fixture.TrainingFinishes(job, failure: "row 7 is <strange>");

        Assert.That(await Page(job.Id), Does.Contain("Failed: row 7 is &lt;strange&gt;").And.Contain(TrainingFixture.Model));
    }

    [TestCase("{}")]
    [TestCase(null)]
    public async Task JobWithAnUnusableArtifactHasAReportToo(string? spec)
    {
        var job = await _fixture.DatasetArrives();
        if (spec is not null)
            await _fixture.TrainerLeaves(job, spoil: folder => File.WriteAllText(Path.Combine(folder, ArtifactFiles.Spec), spec));
        var outcome = await _fixture.TrainingFinishes(job);

        Assert.That(outcome.Result, Is.EqualTo(TrainingResult.Failed));
        Assert.That(await Page(job.Id), Does.Contain("Failed: "));
    }

    [Test]
    public async Task PlotsOfTheArtifactAreInThePageAndWhatIsNoPictureIsNot()
    {
        var job = await _fixture.DatasetArrives();
        await _fixture.TrainerLeaves(job, spoil: folder =>
        {
            File.WriteAllText(Path.Combine(folder, "plot-scores.svg"), "<svg xmlns='http://www.w3.org/2000/svg'><title>Scores &amp; more</title></svg>");
            File.WriteAllText(Path.Combine(folder, "plot-broken.svg"), "<svg");
            File.WriteAllText(Path.Combine(folder, "plot-page.svg"), "<html/>");
            File.WriteAllText(Path.Combine(folder, "plot-bomb.svg"), "<!DOCTYPE svg [<!ENTITY a 'aaaa'>]><svg>&a;</svg>");
        });
        await _fixture.TrainingFinishes(job);
        var page = await Page(job.Id);

        Assert.That(page, Does.Contain("alt=\"Scores &amp; more. \""));
        Assert.That(page.Split("<img").Length - 1, Is.EqualTo(1));
    }

    [Test]
    public async Task RedeliveryWritesAMissingReportInTheSameBytes()
    {
        var outcome = await _fixture.TrainsSuccessfully();
        var (page, markdown) = (await Page(outcome.TrainingJob), await Markdown(outcome.TrainingJob));
        await _fixture.Store.DeleteAsync(StoreKeys.TrainingReportPage(outcome.TrainingJob));
        await _fixture.Store.DeleteAsync(StoreKeys.TrainingReportMarkdown(outcome.TrainingJob));
        _fixture.Time.Advance(TimeSpan.FromHours(1));

        await _fixture.TrainingFinishes(outcome.TrainingJob);

        Assert.That((await Page(outcome.TrainingJob), await Markdown(outcome.TrainingJob)), Is.EqualTo((page, markdown)));
    }

    [Test]
    public async Task ReportThatCannotBeWrittenChangesNothingAndIsSaid()
    {
        var job = await _fixture.DatasetArrives();
        await _fixture.TrainerLeaves(job);
        // an object where the report would need a file
        await _fixture.Store.PutAsync(StoreKeys.TrainingReportMarkdown(job.Id) + "/x", new MemoryStream([1]), PutCondition.None);
        var notices = new List<string>();

        var outcome = await new TrainingFinished(_fixture.Store, TrainingFixture.Signer, _fixture.Time, notices.Add).HandleAsync(job.Id, TrainingEnd.Completed, "tester", default);

        Assert.That((outcome.Result, outcome.Version), Is.EqualTo((TrainingResult.Registered, 1)));
        Assert.That(await _fixture.Live(), Is.EqualTo((1, 1)));
        Assert.That(notices.Single(), Does.StartWith($"The report of training job {job.Id} could not be written: "));
    }

    private Task<string> Page(string job) => ReadAsync(StoreKeys.TrainingReportPage(job));

    private Task<string> Markdown(string job) => ReadAsync(StoreKeys.TrainingReportMarkdown(job));

    private async Task<string> ReadAsync(string key)
    {
        await using var found = await _fixture.Store.GetAsync(key) ?? throw new AssertionException($"There is no {key}.");
        using var reader = new StreamReader(found.Content, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
