using Microsoft.Extensions.Time.Testing;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Training;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Registry;

namespace Slipway.Build.Tests.Environments.Training;

public sealed class ModelProposalTests
{
    private LocalFolderFixture _fixture = null!;
    private ModelProposal _proposal = null!;
    private ModelFolder _model = null!;

    [SetUp]
    public void SetUp()
    {
        _fixture = new();
        var environment = new LocalEnvironment(_fixture.Folders.Root, new(0, "pumps", new(0, 0, TimeSpan.FromSeconds(1))), LocalFolderFixture.NoEngine, new FakeTimeProvider());
        _proposal = new(environment, new("abc", "/releases/abc"), new PlainReport(TextWriter.Null, new(), TimeProvider.System));
        _model = new("pumps", Path.Combine(_fixture.Root, "models", "pumps"));
    }

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [Test]
    public void AsksTheTrainerToPropose() => Assert.That(_proposal.Command(_model, "/data/my pumps.csv", "does it \"leak\"?", task: null), Is.EqualTo(new[]
    {
        "/releases/abc/Slipway.Trainer.dll", "propose", "--dataset=/data/my pumps.csv", "--label=does it \"leak\"?", "--model=pumps", $"--output={_model.SpecPath}",
    }));

    [Test]
    public void HandsTheTaskOn() =>
        Assert.That(_proposal.Command(_model, "/data/pumps.csv", "leak", "regression"), Has.Exactly(1).EqualTo("--task=regression"));

    [Test]
    public void NeverTouchesAModelThatIsThere()
    {
        Directory.CreateDirectory(_model.Folder);
        File.WriteAllText(_model.SpecPath, "{}");

        Assert.That(
            () => _proposal.WriteAsync(_model, "/data/pumps.csv", "leak", null, default),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("is not overwritten. Delete it to start over"));
        Assert.That(File.ReadAllText(_model.SpecPath), Is.EqualTo("{}"));
    }

    [Test]
    public void LeavesNothingWhenTheTrainerCannotRun()
    {
        Assert.That(() => _proposal.WriteAsync(_model, Dataset("pumps.csv"), "leak", null, default), Throws.TypeOf<SlipwayException>());
        Assert.That(_model.Folder, Does.Not.Exist);
        Assert.That(_fixture.Folders.Store, Does.Not.Exist);
    }

    [Test]
    public void RefusesBeforeTheLookWhatNoDatasetIs()
    {
        Assert.That(
            () => _proposal.WriteAsync(_model, Dataset("pumps.tsv"), "leak", null, default),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("the name must end in .csv"));
        Assert.That(_model.Folder, Does.Not.Exist);
    }

    [Test]
    public async Task NeverWaitsForAPipe()
    {
        var pipe = await _fixture.Pipe("pipe.csv");

        Assert.That(
            () => _proposal.WriteAsync(_model, pipe, "leak", null, default).WaitAsync(TimeSpan.FromSeconds(60)),
            Throws.TypeOf<SlipwayException>().With.Message.Contains("a pipe"));
    }

    private string Dataset(string name)
    {
        var path = Path.Combine(_fixture.Root, name);
        File.WriteAllText(path, "flow,leak\n1,yes\n");
        return path;
    }
}
