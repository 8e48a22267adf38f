using Slipway.Automation.Rollbacks;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Manifests;
using Slipway.Registry.Signing;

namespace Slipway.Automation.Tests.Rollbacks;

public sealed class GoldenSetsTests
{
    private TrainingFixture _fixture = null!;

    [SetUp]
    public void Start() => _fixture = new();

    [TearDown]
    public void Stop() => _fixture.Dispose();

    [Test]
    public async Task AreReadOutOfTheArchive() =>
        Assert.That((await new GoldenSets(_fixture.Store).ReadAsync(await RegisteredAsync(_ => { }), default)).Outputs[0], Is.EqualTo(new[] { 0.5f }));

    [TestCase(null, "is not there")]
    [TestCase("null", "is null")]
    [TestCase("no json", "cannot be read")]
    [TestCase("{}", "cannot be read")]
    public async Task SayInASentenceThatTheArchiveHasNone(string? content, string how)
    {
        var manifest = await RegisteredAsync(folder =>
        {
            var file = Path.Combine(folder, ArtifactFiles.Golden);
            if (content is null)
                File.Delete(file);
            else
                File.WriteAllText(file, content);
        });

        Assert.That(() => new GoldenSets(_fixture.Store).ReadAsync(manifest, default), Throws.InstanceOf<SlipwayException>()
            .With.Message.StartsWith($"golden.json in '{manifest.Artifact.Key}' {how}").And.Message.Contains("Train 'pumps' again."));
    }

    [Test]
    public async Task RollbackToAVersionWithoutThemSaysThatNothingWasMoved()
    {
        await RegisteredAsync(folder => File.Delete(Path.Combine(folder, ArtifactFiles.Golden)));
        await _fixture.PutDataset("pressure,failed\n2,0\n6,1\n");
        await _fixture.TrainsSuccessfully(fill: 2);

        Assert.That(
            () => new ModelRollback(_fixture.Store, SignaturePolicy.Off, _fixture.Time).MoveAsync(TrainingFixture.Model, 1, "ann", "worse", default),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("nothing was moved. golden.json in"));
        Assert.That(await _fixture.Live(), Is.EqualTo((2, 2)));
    }

    private async Task<ModelManifest> RegisteredAsync(Action<string> spoil)
    {
        await _fixture.PutDataset("pressure,failed\n1,0\n6,1\n");
        var job = await _fixture.DatasetArrives();
        await _fixture.TrainerLeaves(job, spoil: spoil);
        var outcome = await _fixture.TrainingFinishes(job);
        return (await _fixture.Versions.GetAsync(TrainingFixture.Model, outcome.Version!.Value, default))!;
    }
}
