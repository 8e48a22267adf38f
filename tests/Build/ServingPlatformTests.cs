using System.Runtime.InteropServices;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Tasks;

namespace Slipway.Build.Tests;

public sealed class ServingPlatformTests
{
    [TestCase("linux", "linux-x64", Architecture.X64, "linux-x64")]
    [TestCase("linux", "ubuntu.24.04-arm64", Architecture.Arm64, "linux-arm64")]
    [TestCase("linux", "linux-musl-x64", Architecture.X64, "linux-musl-x64")]
    [TestCase("linux", "alpine.3.22-arm64", Architecture.Arm64, "linux-musl-arm64")]
    [TestCase("osx", "osx-x64", Architecture.X64, "osx-x64")]
    [TestCase("win", "win-x86", Architecture.X86, "win-x86")]
    [TestCase(null, "freebsd-x64", Architecture.X64, "freebsd-x64")]
    public void IsNamedAsPackagesNameIt(string? system, string identifier, Architecture architecture, string name) =>
        Assert.That(ServingPlatform.Name(system, identifier, architecture), Is.EqualTo(name));

    [TestCase("osx-x64", Architecture.X64, "--fleet=docker")]
    [TestCase("osx-x64", Architecture.Arm64, "install the .NET SDK for Arm64")]
    [TestCase("win-x86", Architecture.X64, "install the .NET SDK for x64")]
    [TestCase("linux-musl-x64", Architecture.X64, "Use a Linux distribution with glibc")]
    [TestCase("linux-arm", Architecture.Arm, "--fleet=docker")]
    public void OneWithoutOnnxRuntimeIsToldWhatToDo(string platform, Architecture machine, string remedy) =>
        Assert.That(
            ServingPlatform.Problem(platform, machine, [nameof(Deploy)]),
            Does.StartWith($"This machine ({platform}) cannot train or serve models").And.Contain("osx-arm64").And.Contain(remedy));

    [Test]
    public void OneWithOnnxRuntimeHasNoProblem([ValueSource(typeof(ServingPlatform), nameof(ServingPlatform.All))] string platform) =>
        Assert.That(ServingPlatform.Problem(platform, Architecture.X64, [nameof(Deploy)]), Is.Null);

    [TestCase("--target=Deploy", false, true)]
    [TestCase("--target=Deploy --fleet=docker", false, false)]
    [TestCase("--target=Deploy --fleet=processes", true, true)]
    [TestCase("--target=Deploy --environment=staging", false, false)]
    [TestCase("--target=Deploy --environment=emulated", false, true)]
    [TestCase("--target=train", false, true)]
    [TestCase("--target=Train", true, false)]
    [TestCase("--target=Test", true, true)]
    [TestCase("--target=Status", false, false)]
    [TestCase("--target=Rollback --to=1", false, false)]
    [TestCase("--target=Deploy --dryrun", false, false)]
    public void OnlyWhatTrainsOrServesHereIsRefused(string line, bool isDeployed, bool refused)
    {
        var invocation = Invocation.Create(new Paths(Repository.Root, Repository.Root), line.Split(' '));

        Assert.That(ServingPlatform.Needed(invocation, isDeployed).Count > 0, Is.EqualTo(refused));
    }

    [Test]
    public void TheListIsTheOneOfThePackage()
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var version = System.Xml.Linq.XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .Single(package => (string?)package.Attribute("Include") == "Microsoft.ML.OnnxRuntime").Attribute("Version")!.Value;
        var runtimes = Path.Combine(packages, "microsoft.ml.onnxruntime", version, "runtimes");
        if (!Directory.Exists(runtimes))
            Assert.Ignore($"The packages of this machine are not in {packages}. Set NUGET_PACKAGES to where they are.");

        Assert.That(ServingPlatform.All, Is.EquivalentTo(Directory.GetDirectories(runtimes).Select(folder => Path.GetFileName(folder)).Except(["android", "ios"])));
    }
}
