using System.Text;
using System.Text.Json;
using Slipway.Automation.Local;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Tests;

public sealed class TrainingReplayTests
{
    private const string Csv = "pressure,failed\n1,0\n2,1\n3,0\n";

    private TrainingFixture _fixture = null!;
    private Lineage _lineage = null!;

    [SetUp]
    public async Task SetUp()
    {
        _fixture = new();
        await _fixture.PutDataset(Csv);
        var outcome = await _fixture.TrainsSuccessfully();
        _lineage = (await _fixture.Versions.GetAsync(TrainingFixture.Model, outcome.Version!.Value, default))!.Lineage;
    }

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    private string Folder => _fixture.Beside("replay");

    [Test]
    public async Task TakesTheInputThatTheJobHadThoughANewerDatasetIsThere()
    {
        await _fixture.PutDataset("pressure,failed\n9,1\n");
        using var replay = await Prepare();

        Assert.That(await File.ReadAllTextAsync(Path.Combine(Folder, "input/data/training/pumps.csv")), Is.EqualTo(Csv));
        Assert.That(Path.Combine(Folder, "input/data/spec/model.json"), Does.Exist);
    }

    [Test]
    public async Task GivesTheTrainerSeedAndHyperparametersOfTheLineage()
    {
        _lineage = _lineage with { Seed = 7 };
        using var replay = await Prepare();

        var decided = JsonSerializer.Deserialize<Dictionary<string, string>>(
            await File.ReadAllBytesAsync(Path.Combine(Folder, "input/config/hyperparameters.json")));
        Assert.That(decided, Is.EqualTo(new Dictionary<string, string> { ["l2"] = "0.1", ["seed"] = "7" }));
    }

    [Test]
    public async Task ChangesNothingInTheStoreAndLeavesNothingBehind()
    {
        var before = _fixture.Content();
        using (var replay = await Prepare())
        {
            var trainer = new TrainerProcess(_fixture.Beside("no-such-trainer.dll"), TimeSpan.FromMinutes(1), TimeProvider.System);
            Assert.That(
                () => replay.RunAsync(trainer, _ => { }, default),
                Throws.TypeOf<SlipwayException>().With.Message.Contains("exited with code"));
        }

        Assert.That(_fixture.Content(), Is.EqualTo(before));
        Assert.That(Folder, Does.Not.Exist);
    }

    [TestCase("training/pumps.csv", "dataset")]
    [TestCase("spec/model.json", "spec")]
    public async Task InputThatWasChangedIsNotUsed(string file, string what)
    {
        await Put(file, "something else");

        Assert.That(Prepare, Throws.TypeOf<SlipwayException>().With.Message.Contains($"The {what} in").And.Message.Contains("the lineage records"));
        Assert.That(Folder, Does.Not.Exist);
    }

    [TestCase("training/pumps.csv", "The dataset")]
    [TestCase("spec/model.json", "The spec")]
    public async Task InputThatIsGoneIsNamed(string file, string what)
    {
        await _fixture.Store.DeleteAsync(StoreKeys.TrainingInput(_lineage.TrainingJob) + file);

        Assert.That(Prepare, Throws.TypeOf<SlipwayException>().With.Message.StartsWith(what).And.Message.Contains("is no longer in the store"));
        Assert.That(Folder, Does.Not.Exist);
    }

    private Task<TrainingReplay> Prepare() => TrainingReplay.PrepareAsync(_fixture.Store, _lineage, Folder, default);

    private Task Put(string file, string content) => _fixture.Store.PutAsync(
        StoreKeys.TrainingInput(_lineage.TrainingJob) + file, new MemoryStream(Encoding.UTF8.GetBytes(content)), PutCondition.None);
}
