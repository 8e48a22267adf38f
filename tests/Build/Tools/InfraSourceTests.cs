using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Environments.Infra;

namespace Slipway.Build.Tests.Tools;

public sealed class InfraSourceTests
{
    private static readonly AwsSettings Aws = new("eu-central-1", null, ImageSource.Registry);

    private DirectoryInfo _root = null!;

    [SetUp]
    public void SetUp() => _root = Directory.CreateTempSubdirectory("slipway-infra-source-");

    [TearDown]
    public void TearDown() => TestFolder.Remove(_root);

    [Test]
    public void EnvironmentsShareOneRootModuleAndHaveFilesOfTheirOwn()
    {
        Write("shore.tfvars");
        Write("shore.backend.hcl");

        Assert.That(Of(Aws), Is.EqualTo(new InfraSource(At("infra", "environments"), At("infra", "environments", "shore.backend.hcl"), At("infra", "environments", "shore.tfvars"))));
    }

    [Test]
    public void EmulatorHasItsOwnRootModuleAndALocalState() => Assert.That(
        Of(Aws with { Endpoint = new("http://127.0.0.1:5055") }),
        Is.EqualTo(new InfraSource(At("infra", "emulated"), $"path={At("home", "terraform.tfstate")}", Values: null)));

    [TestCase("shore.tfvars", "shore.backend.hcl")]
    [TestCase("shore.backend.hcl", "shore.tfvars")]
    public void EnvironmentWithoutOneOfItsFilesIsRefused(string there, string missing)
    {
        Write(there);

        Assert.That(() => Of(Aws), Throws.TypeOf<UsageException>().With.Message.Contains($"infra/environments/{missing}"));
    }

    private InfraSource Of(AwsSettings settings) => InfraSource.Of("shore", settings, new Paths(_root.FullName, _root.FullName), At("home"));

    private void Write(string file)
    {
        Directory.CreateDirectory(At("infra", "environments"));
        File.WriteAllText(At("infra", "environments", file), "");
    }

    private string At(params string[] parts) => Path.Combine([_root.FullName, .. parts]);
}
