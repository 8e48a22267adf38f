using System.Text;
using Slipway.Automation;
using Slipway.Automation.Jobs;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Training;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Build.Tests.Environments.Reproduction;
using Slipway.Registry;
using Slipway.Registry.Manifests;
using Slipway.Registry.Storage;

namespace Slipway.Build.Tests.Environments.Training;

public sealed class ModelTrainingTests
{
    private const string Spec =
        """
        {
          "description": "Pumps that are about to fail", "task": "binary", "label": "failed", "trainer": "linear",
          "features": { "pressure": "numeric" }, "gates": { "metrics": { "averagePrecision": { "atLeast": 0.5 } } }
        }
        """;

    private LocalFolderFixture _fixture = null!;
    private LocalEnvironment _environment = null!;
    private ModelFolder _model = null!;
    private StringWriter _output = null!;

    [SetUp]
    public void SetUp()
    {
        _fixture = new();
        _environment = new(_fixture.Folders.Root, new(null, "pumps", new(0, 0, TimeSpan.FromSeconds(1))), LocalFolderFixture.NoEngine, TimeProvider.System);
        _model = new("pumps", Directory.CreateDirectory(Path.Combine(_fixture.Root, "pumps")).FullName);
        File.WriteAllText(_model.SpecPath, Spec);
        _output = new();
    }

    [TearDown]
    public void TearDown()
    {
        _output.Dispose();
        _fixture.Dispose();
    }

    [Test]
    public async Task ModelWithoutDataWaitsForItAndIsNoFailure()
    {
        await Training().TrainMissingAsync([_model], default);

        Assert.That(_output.ToString(), Does.Contain("pumps waits for data").And.Contain("--dataset=<file.csv>"));
    }

    [Test]
    public async Task JobThatFailedSaysWhereItsLogLies()
    {
        var dataset = Path.Combine(_fixture.Root, "a.csv");
        await File.WriteAllTextAsync(dataset, "pressure,failed\n1,0\n");

        // there is no trainer here, so it fails
        var failure = await Assert.ThrowsAsync<SlipwayException>(() => Training().TrainAsync(_model, dataset, default));
        var log = failure!.Message.Split('\n').Single(line => line.StartsWith("Log of the trainer: ", StringComparison.Ordinal));
        Assert.That(log.Split(": ", 2)[1], Does.Exist);
    }

    [Test]
    public async Task ModelThatCannotBeTrainedKeepsNoOtherFromIt()
    {
        var broken = Broken();
        await Registered("valves");
        var failure = await Training().TrainMissingAsync([broken, _model], default);

        Assert.That(_output.ToString(), Does.Contain("broken").And.Contain("pumps waits for data"));
        Assert.That(failure!.Message, Does.StartWith("'broken' got no version").And.Contain("model.json"));
    }

    [Test]
    public void ModelThatCannotBeTrainedIsTheFailureWhenThereIsNoOther() =>
        Assert.That(
            () => Training().TrainMissingAsync([Broken(), _model], default),
            Throws.TypeOf<SlipwayException>().With.Message.Contains(Path.Combine("broken", "model.json")));

    [Test]
    public async Task TrainingAllGoesOnBehindOneThatFailsAndEndsWithItsReason()
    {
        await Put("a.csv");

        // there is no trainer here, so 'pumps' also fails, for another reason
        var failure = await Assert.ThrowsAsync<SlipwayException>(() => Training().TrainAllAsync([Broken(), _model], default));
        Assert.That(failure!.Message, Does.StartWith("'broken' and 'pumps' got no version; their previous versions are still served.")
            .And.Contain("model.json").And.Contain("Log of the trainer"));
    }

    [Test]
    public async Task TrainingAllWaitsForDataWithoutFailing()
    {
        await Training().TrainAllAsync([_model], default);

        Assert.That(_output.ToString(), Does.Contain("pumps waits for data"));
    }

    [Test]
    public async Task DatasetThatFailedIsNotTakenSilentlyAgain()
    {
        await Fails("a.csv", "row 7: 'x' is not a number");

        Assert.That(
            () => Training().TrainAsync(_model, dataset: null, default),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("datasets/pumps/a.csv failed in job pumps-")
                .And.Message.Contains("row 7").And.Message.Contains("--dataset="));
    }

    [Test]
    public async Task OlderDatasetIsTakenInThePlaceOfOneThatFailed()
    {
        await Put("good.csv");
        File.SetLastWriteTimeUtc(Path.Combine(_environment.Folders.Store, "datasets", "pumps", "good.csv"), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await Fails("bad.csv", "row 7: 'x' is not a number");

        // there is no trainer here, so it fails; what matters is on which dataset
        Assert.That(() => Training().TrainAsync(_model, dataset: null, default), Throws.TypeOf<SlipwayException>());
        Assert.That(_output.ToString(), Does.Contain("dataset datasets/pumps/good.csv").And.Contain("datasets/pumps/bad.csv failed in job").And.Contain("row 7"));
    }

    [Test]
    public async Task DatasetThatFailedWithAnotherSpecIsTakenAgain()
    {
        await Fails("a.csv", "row 7: 'x' is not a number");
        await File.WriteAllTextAsync(_model.SpecPath, Spec.Replace("0.5", "0.6", StringComparison.Ordinal));

        Assert.That(() => Training().TrainAsync(_model, dataset: null, default), Throws.TypeOf<SlipwayException>());
        Assert.That(_output.ToString(), Does.Contain("dataset datasets/pumps/a.csv").And.Not.Contain("failed in job"));
    }

    private TrainerBuild Build => new(new("release", Path.Combine(_fixture.Root, "no-trainer")), "release", new("commit", Dirty: false), "tester");

    private ModelTraining Training() =>
        new(_environment, Build, new PlainReport(_output, new Outcome(), TimeProvider.System));

    private ModelFolder Broken()
    {
        var model = new ModelFolder("broken", Directory.CreateDirectory(Path.Combine(_fixture.Root, "broken")).FullName);
        File.WriteAllText(model.SpecPath, "{");
        return model;
    }

    private async Task Registered(string model) =>
        await new ModelVersions(_environment.Store).RegisterAsync(model, version => RegisteredModel.Manifest with { Model = model, Version = version }, _environment.Signer, default);

    private async Task<string> Put(string file)
    {
        var key = StoreKeys.Dataset(_model.Name, file);
        using var content = new MemoryStream(Encoding.UTF8.GetBytes($"pressure,failed\n1,{file}\n"));
        await _environment.Store.PutAsync(key, content, PutCondition.None);
        return key;
    }

    private async Task Fails(string file, string reason)
    {
        var request = ModelTraining.Request(_model, await Put(file), Build);
        var job = await new DatasetArrived(_environment.Store, TimeProvider.System).HandleAsync(request, default);
        await new TrainingFinished(_environment.Store, _environment.Signer, TimeProvider.System).HandleAsync(job.Id, TrainingEnd.Of(reason), request.By, default);
    }
}
