using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;

namespace Slipway.Build.Tests;

/// <summary>On a folder that holds what the build reads of a repository: cake.config and the models.</summary>
public sealed class InvocationTests
{
    private string _root = "";

    [SetUp]
    public void CreateRepository()
    {
        _root = Directory.CreateTempSubdirectory("slipway-invocation-").FullName;
        File.Copy(Path.Combine(Repository.Root, "cake.config"), Path.Combine(_root, "cake.config"));
        foreach (var model in new[] { "tumor-diagnosis", "predictive-maintenance" })
        {
            Directory.CreateDirectory(Path.Combine(_root, "training", "models", model));
            File.WriteAllText(Path.Combine(_root, "training", "models", model, "model.json"), "{}");
        }
    }

    [TearDown]
    public void RemoveRepository() => TestFolder.Remove(_root);

    [Test]
    public void ReadsTheSettingsOfTheRepository()
    {
        var invocation = Create();

        Assert.That(invocation.Settings.Local.PublicPort, Is.EqualTo(8080));
        Assert.That(invocation.Settings.Model, Is.EqualTo("predictive-maintenance"));
        Assert.That(invocation.Facts.Models, Is.EqualTo(new[] { "predictive-maintenance", "tumor-diagnosis" }));
    }

    [Test]
    public void LetsAnArgumentOverrideASetting() =>
        Assert.That(Create("--local_publicport=0").Settings.Local.PublicPort, Is.Zero);

    [Test]
    public void DoesNotTakeAFolderWithoutASpecForAModel()
    {
        Directory.CreateDirectory(Path.Combine(_root, "training", "models", "unfinished"));

        Assert.That(Create().Facts.Models, Does.Not.Contain("unfinished"));
    }

    [Test]
    public void SaysWhichFileCannotBeRead()
    {
        File.AppendAllText(Path.Combine(_root, "cake.config"), "\n[Local\n");

        Assert.That(() => Create(), Throws.TypeOf<UsageException>().With.Message.Contains("cake.config cannot be read"));
    }

    [Test]
    public void RefusesAWrongCommandLine() =>
        Assert.That(() => Create("--target=Nope"), Throws.TypeOf<UsageException>().With.Message.StartsWith("There is no target 'Nope'."));

    [TestCase("--target=PushImages")]
    [TestCase("--target=PushImages", "--environment=local")]
    public void PushingNowhereIsWrongBeforeAnythingIsPackaged(params string[] args) =>
        Assert.That(() => Create(args), Throws.TypeOf<UsageException>().With.Message.Contains("has no container registry. Name one with --registry=<host:port>"));

    [TestCase("--target=PushImages", "--registry=127.0.0.1:5000")]
    [TestCase("--target=PushImages", "--environment=staging")]
    [TestCase("--target=PushImages", "--tree")]
    public void PushingSomewhereIsNot(params string[] args) => Assert.That(() => Create(args), Throws.Nothing);

    [TestCase("PlanInfra", "staging.tfvars", "staging.backend.hcl")]
    [TestCase("ApplyInfra", "staging.backend.hcl", "staging.tfvars")]
    [TestCase("CheckInfra", "staging.backend.hcl", "staging.tfvars")]
    public void AMissingFileOfAnEnvironmentIsNoticedBeforeAnythingIsBuilt(string target, string present, string missing)
    {
        WriteInfra(present);

        Assert.That(() => Create($"--target={target}", "--environment=staging"), Throws.TypeOf<UsageException>().With.Message.Contains($"infra/environments/{missing}"));
        Assert.That(() => Create($"--target={target}", "--environment=staging", "--dryrun"), Throws.Nothing);
    }

    [TestCase("staging", "staging.backend.hcl", "staging.tfvars")]
    [TestCase("emulated")]
    public void AnEnvironmentWithItsFilesIsPlanned(string environment, params string[] files)
    {
        WriteInfra(files);

        Assert.That(() => Create("--target=PlanInfra", $"--environment={environment}"), Throws.Nothing);
    }

    private void WriteInfra(params string[] files)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, "infra", "environments")).FullName;
        foreach (var file in files)
            File.WriteAllText(Path.Combine(folder, file), "");
    }

    private Invocation Create(params string[] args) => Invocation.Create(new Paths(_root, _root), args);
}
