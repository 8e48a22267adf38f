using Slipway.Automation.SageMaker;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Training;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Registry;

namespace Slipway.Build.Tests.Environments.Training;

public sealed class MissingTrainingTests
{
    private static readonly string[] Names = ["pumps", "valves"];

    private LocalFolderFixture _fixture = null!;
    private StringWriter _output = null!;

    [SetUp]
    public void SetUp() => (_fixture, _output) = (new(), new());

    [TearDown]
    public void TearDown()
    {
        _output.Dispose();
        _fixture.Dispose();
    }

    [Test]
    public void AutomationThatDoesNotAnswerIsWaitedForOnce()
    {
        var environment = new EnvironmentDouble(_fixture.Folders, new VerdictTimeoutException("nobody has judged it"));

        Assert.That(() => TrainMissingAsync(environment), Throws.TypeOf<VerdictTimeoutException>());
        Assert.That(environment.Trained, Is.EqualTo(Names[..1]));
    }

    [Test]
    public void FailureOfOneModelKeepsNoOtherFromBeingTrained()
    {
        var environment = new EnvironmentDouble(_fixture.Folders, new SlipwayException("row 7"));

        Assert.That(() => TrainMissingAsync(environment), Throws.TypeOf<SlipwayException>());
        Assert.That(environment.Trained, Is.EqualTo(Names));
    }

    [Test]
    public async Task CommandsThatAreNamedAreForThisEnvironment()
    {
        var environment = new EnvironmentDouble(_fixture.Folders, new SlipwayException("row 7"));
        await TrainMissingAsync(environment, sample: "");

        Assert.That(_output.ToString(), Does.Contain("--target=Train --environment=shore --model=pumps").And.Contain("upload it to s3://shore/datasets/pumps/"));
    }

    private async Task TrainMissingAsync(SlipwayEnvironment environment, string sample = """, "dataset": { "file": "sample.csv" }""")
    {
        var training = new ModelTraining(
            environment, new(new("release", _fixture.Root), "release", new("commit", Dirty: false), "tester"), new PlainReport(_output, new Outcome(), TimeProvider.System));
        await training.TrainMissingAsync([.. Names.Select(name => Model(name, sample))], default);
    }

    private ModelFolder Model(string name, string sample)
    {
        var model = new ModelFolder(name, Directory.CreateDirectory(Path.Combine(_fixture.Root, name)).FullName);
        File.WriteAllText(Path.Combine(model.Folder, "sample.csv"), "pressure,failed\n1,0\n");
        File.WriteAllText(model.SpecPath,
            $$"""
            {
              "description": "About to fail", "task": "binary", "label": "failed", "trainer": "linear",
              "features": { "pressure": "numeric" }, "gates": { "metrics": { "averagePrecision": { "atLeast": 0.5 } } }{{sample}}
            }
            """);
        return model;
    }
}
