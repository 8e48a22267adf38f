using Slipway.Build.Environments.Infra;

namespace Slipway.Build.Tests.Environments.Infra;

public sealed class TerraformProvidersTests
{
    private DirectoryInfo _top = null!;
    private readonly Dictionary<string, string> _variables = [];

    [SetUp]
    public void SetUp()
    {
        _top = Directory.CreateTempSubdirectory("slipway-mirror-");
        _variables.Clear();
    }

    [TearDown]
    public void TearDown() => TestFolder.Remove(_top);

    [TestCase("."), TestCase("mirror"), TestCase("opt/tf plugins")]
    public void FindsAMirrorNearTheTop(string folder)
    {
        var mirror = Provide(folder);

        Assert.That(Find(), Is.EqualTo(mirror));
    }

    [Test]
    public void LooksNoDeeper()
    {
        Provide("a/b/c");

        Assert.That(Find(), Is.Null);
    }

    [Test]
    public void AMirrorOfOtherProvidersDoesNotCount()
    {
        _top.CreateSubdirectory("opt/registry.terraform.io/hashicorp/google");

        Assert.That(Find(), Is.Null);
    }

    [TestCase("HOME", "a/b/home", "a/b/home/.terraform.d/plugins"), TestCase("HOME", "a/b/home", "a/b/home/.terraform.d/plugin-cache"), TestCase("HOME", "a/b/home", "a/b/home/.local/share/terraform/plugins"),
     TestCase("TF_PLUGIN_CACHE_DIR", "a/b/c/d", "a/b/c/d"), TestCase("HOME", "a/b/home", "usr/share/terraform/plugins"), TestCase("HOME", "a/b/home", "usr/local/share/terraform/plugins")]
    public void FindsWhereTerraformKeepsThem(string variable, string value, string folder)
    {
        _variables[variable] = At(value);
        var mirror = Provide(folder);

        Assert.That(Find(), Is.EqualTo(mirror));
    }

    [TestCase("TF_CLI_ARGS_init", "-upgrade"), TestCase("TF_CLI_ARGS", "-no-color")]
    public void LeavesItToAPersonWhoSaidSomething(string variable, string value)
    {
        Provide("mirror");
        _variables[variable] = value;

        Assert.That(Find(), Is.Null);
    }

    [TestCase(true, false), TestCase(false, true)]
    public void AConfigurationCountsWhereItIsThere(bool there, bool searched)
    {
        Provide("mirror");
        _variables["TF_CLI_CONFIG_FILE"] = At("terraformrc");
        if (there)
            File.WriteAllText(At("terraformrc"), "");

        Assert.That(Find() is not null, Is.EqualTo(searched));
    }

    private string? Find() => TerraformProviders.Mirror(name => _variables.GetValueOrDefault(name), _top.FullName);

    private string Provide(string folder)
    {
        Directory.CreateDirectory(Path.Combine(At(folder), "registry.terraform.io", "hashicorp", "aws", "5.100.0"));
        return At(folder);
    }

    private string At(string path) => Path.GetFullPath(Path.Combine(_top.FullName, path));
}
