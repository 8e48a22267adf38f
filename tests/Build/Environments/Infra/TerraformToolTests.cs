using Slipway.Build.Environments.Infra;
using Slipway.Build.Tests.Tools;
using Slipway.Registry;

namespace Slipway.Build.Tests.Environments.Infra;

public sealed class TerraformToolTests
{
    private static readonly string[] NoProvider = ["- Finding hashicorp/aws versions...", "Error: Failed to query available provider packages", "no such host"];

    private RecordingCakeContext _cake = null!;
    private DirectoryInfo _work = null!;

    [SetUp]
    public void SetUp() => (_cake, _work) = (new(), Directory.CreateTempSubdirectory("slipway-terraform-"));

    [TearDown]
    public void TearDown() => TestFolder.Remove(_work);

    [Test]
    public void TakesProvidersFromAMirror()
    {
        Init("/opt/my plugins");

        Assert.That(_cake.CommandLines, Is.EqualTo(new[] { "terraform \"-chdir=/module\" init -no-color \"-input=false\" \"-reconfigure\" \"-plugin-dir=/opt/my plugins\"" }));
    }

    [Test]
    public void LeavesThemToTerraformWhereThereIsNoMirror()
    {
        Init(mirror: null);

        Assert.That(_cake.CommandLines.Single(), Does.Not.Contain("plugin-dir"));
    }

    [Test]
    public void AsksTheRegistryWhereTheMirrorHasOthers()
    {
        _cake.Answer(1, NoProvider);
        Init("/opt/plugins");

        Assert.That(_cake.CommandLines, Has.Count.EqualTo(2));
        Assert.That(_cake.CommandLines[1], Does.Not.Contain("plugin-dir"));
    }

    [TestCase(null), TestCase("/opt/plugins")]
    public void SaysHowToGetAProviderThatNobodyHas(string? mirror)
    {
        _cake.Answer(1, NoProvider);
        _cake.Answer(1, NoProvider);

        Assert.That(() => Init(mirror), Throws.TypeOf<SlipwayException>().With.Message.StartsWith(TerraformProviders.InstallHint).And.Message.Contains("no such host"));
    }

    [Test]
    public void AnotherFailureIsNoQuestionOfProviders()
    {
        _cake.Answer(1, "Error: Backend configuration changed");

        Assert.That(() => Init("/opt/plugins"), Throws.TypeOf<SlipwayException>().With.Message.Contains("Backend configuration changed"));
        Assert.That(_cake.CommandLines, Has.Count.EqualTo(1));
    }

    private void Init(string? mirror) => new TerraformTool(_cake, "/module", _work.FullName, new Dictionary<string, string>(), mirror).Init([], _ => { });
}
