using Slipway.Registry;
using Slipway.Registry.Models;

namespace Slipway.Automation.Tests;

/// <summary>Imported models, through the same two handlers.</summary>
public sealed class ImportedModelTests
{
    private TrainingFixture _training = null!;

    [SetUp]
    public async Task Open()
    {
        _training = new() { Trainer = TrainerNames.Imported, Imported = new(new byte[] { 1, 2, 3 }, new byte[] { 4 }) };
        await _training.PutDataset("pressure,failed\n1,0\n");
    }

    [TearDown]
    public void Close() => _training.Dispose();

    [Test]
    public async Task GivesTheJobTheFileAndItsGoldenAnswers()
    {
        var job = await _training.DatasetArrives();

        Assert.That(await ReadAsync(StoreKeys.TrainingInput(job.Id, "outside", "model.onnx")), Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(await ReadAsync(StoreKeys.TrainingInput(job.Id, "outside", "golden.json")), Is.EqualTo(new byte[] { 4 }));
    }

    [Test]
    public async Task SaysInTheLineageWhereTheModelComesFrom()
    {
        var job = await _training.DatasetArrives();
        await _training.TrainerLeaves(job);
        var outcome = await _training.TrainingFinishes(job);
        var manifest = await _training.Versions.GetAsync(TrainingFixture.Model, outcome.Version!.Value, default);

        Assert.That(manifest!.Lineage.Imported, Is.EqualTo(_training.Imported!.ToReference()));
        Assert.That(manifest.Lineage.Imported!.OnnxSha256, Is.EqualTo("039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81"));
    }

    [Test]
    public async Task IsOneJobForTheSameFileAndAnotherForAnother()
    {
        var job = await _training.DatasetArrives();
        var again = await _training.DatasetArrives();
        _training.Imported = new(new byte[] { 1, 2, 9 }, new byte[] { 4 });
        var other = await _training.DatasetArrives();
        _training.Imported = new(new byte[] { 1, 2, 9 }, new byte[] { 5 });
        var otherAnswers = await _training.DatasetArrives();

        Assert.That((again.Id, again.IsNew), Is.EqualTo((job.Id, false)));
        Assert.That(new[] { job.Id, other.Id, otherAnswers.Id }, Is.Unique);
    }

    [Test]
    public void IsNotTrainedByADataset()
    {
        _training.Imported = null;

        Assert.That(_training.DatasetArrives, Throws.TypeOf<SlipwayException>().With.Message.Contains("are imported").And.Message.Contains("--target=Register --model=pumps"));
    }

    private async Task<byte[]> ReadAsync(string key)
    {
        await using var found = await _training.Store.GetAsync(key);
        using var content = new MemoryStream();
        await found!.Content.CopyToAsync(content);
        return content.ToArray();
    }
}
