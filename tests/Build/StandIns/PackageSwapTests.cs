using System.Diagnostics;
using System.Text.Json;
using Slipway.Build.Tests.Scripts;

namespace Slipway.Build.Tests.StandIns;

/// <summary>MSBuild's evaluation of a project in each mode, without restoring or building it.</summary>
public sealed class PackageSwapTests
{
    private const string SdkTests = "tests/Sdk/Sdk.Tests.csproj";

    [Test]
    public void UsesOfficialPackagesWhereTheFeedHasAll()
    {
        var items = Evaluate("", lacks: "");

        Assert.That(items["PackageReference"], Does.Contain("Cake.Frosting").And.Contain("AWSSDK.ECS"));
        Assert.That(items["ProjectReference"], Has.None.Contains("StandIns"));
        Assert.That(items["PackageDownload"], Is.Empty);
        Assert.That(items["AssemblyMetadata"], Is.Empty);
    }

    [Test]
    public void InsistsOnWhatDeploysAndTakesTheAnswerOfTheFeedForTheRest()
    {
        var items = Evaluate("none", lacks: "Cake.Docker;AWSSDK.ECS");

        Assert.That(items["PackageReference"], Does.Contain("AWSSDK.ECS").And.Contain("AWSSDK.SageMaker").And.Not.Contain("Cake.Docker"));
        Assert.That(items["ProjectReference"], Has.One.EndsWith("build/StandIns/Cake.Docker/Cake.Docker.csproj").And.None.Contains("AWSSDK"));
        Assert.That(items["AssemblyMetadata"], Is.EqualTo(new[] { "StandInsMode", "StandIns" }), "the first line reports it");
    }

    [TestCase("none", "AWSSDK.ECS", "StandIns=none requires the official packages for everything that is deployed, and the feed lacks AWSSDK.ECS.")]
    [TestCase("some", "", "StandIns must be none (official packages for everything that is deployed) or all (stand-ins for all of them), not 'some'.")]
    public void RefusesWhatCannotBe(string mode, string lacks, string expected)
    {
        var result = MSBuild("build/Build.csproj", mode, lacks, "-t:CollectPackageReferences");

        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(result.Output, Does.Contain(expected));
    }

    [TestCase("")]
    [TestCase("AWSSDK.ECS")]
    public void CollectsPackagesWhereNothingIsInTheWay(string lacks) =>
        Assert.That(MSBuild("build/Build.csproj", "", lacks, "-t:CollectPackageReferences").ExitCode, Is.Zero);

    [Test]
    public void TakesTheNextVersionOfListedPackagesAlone()
    {
        var result = MSBuild("build/Build.csproj", "", "", "-getItem:PackageReference");
        using var json = JsonDocument.Parse(result.Output);
        var lenient = json.RootElement.GetProperty("Items").GetProperty("PackageReference").EnumerateArray()
            .Where(item => item.TryGetProperty("NoWarn", out var codes) && codes.GetString()!.Contains("NU1603", StringComparison.Ordinal)).Select(item => item.GetProperty("Identity").GetString());

        Assert.That(lenient, Is.EquivalentTo(Listed()));
    }

    [Test]
    public void UsesTheStandInWithTheRealEngineWhenToldTo()
    {
        var items = Evaluate("all");

        Assert.That(items["PackageReference"], Does.Not.Contain("Cake.Frosting"));
        Assert.That(items["ProjectReference"], Has.One.EndsWith("build/StandIns/Cake.Frosting/Cake.Frosting.csproj"));
        Assert.That(items["PackageDownload"], Is.EqualTo(new[] { "Cake.Tool" }));
        Assert.That(items["Reference"], Does.Contain("Cake.Core"));
        Assert.That(items["AssemblyMetadata"], Is.EqualTo(new[] { "StandIns" }));
    }

    [Test]
    public void EveryListedPackageHasAStandInAndEveryStandInIsListed()
    {
        var folder = Path.Combine(Repository.Root, "build", "StandIns");
        // sources that several stand-ins share are in a folder without a project
        var projects = Directory.EnumerateDirectories(folder).Where(package => File.Exists(Path.Combine(package, $"{Path.GetFileName(package)}.csproj")));

        Assert.That(projects.Select(Path.GetFileName), Is.EquivalentTo(Listed()));
    }

    [Test]
    public void SwapsAllPackagesOfAProjectThatHasSeveral()
    {
        var official = Evaluate("", SdkTests, lacks: "")["PackageReference"].Where(package => package.StartsWith("AWSSDK.", StringComparison.Ordinal)).ToList();
        var swapped = Evaluate("all", SdkTests);

        Assert.That(official, Has.Count.EqualTo(6));
        Assert.That(swapped["PackageReference"], Has.None.StartsWith("AWSSDK."));
        foreach (var package in official)
            Assert.That(swapped["ProjectReference"], Has.One.EndsWith($"build/StandIns/{package}/{package}.csproj"));
    }

    [Test]
    public void LeavesTheCoreOfTheAwsSdkAPackage() =>
        Assert.That(Evaluate("all", "build/StandIns/AWSSDK.ECS/AWSSDK.ECS.csproj")["PackageReference"], Does.Contain("AWSSDK.Core"));

    private static IEnumerable<string> Listed() =>
        System.Xml.Linq.XDocument.Load(Path.Combine(Repository.Root, "build", "StandIns", "StandIns.props")).Descendants("StandIn").Select(e => (string)e.Attribute("Include")!);

    /// <param name="lacks">The packages that the feed lacks, instead of the result on this machine.</param>
    private static ScriptResult MSBuild(string project, string mode, string? lacks, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", Path.Combine(Repository.Root, project), "-nologo", $"-p:StandIns={mode}", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (lacks is not null)
            start.ArgumentList.Add($"-p:StandInPackages=\"{lacks}\"");
        return Processes.Run(start);
    }

    private static Dictionary<string, List<string>> Evaluate(string mode, string project = "build/Build.csproj", string? lacks = null)
    {
        var result = MSBuild(project, mode, lacks, "-getItem:PackageReference,ProjectReference,PackageDownload,Reference,AssemblyMetadata");
        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        using var json = JsonDocument.Parse(result.Output);
        return json.RootElement.GetProperty("Items").EnumerateObject().ToDictionary(
            items => items.Name,
            items => items.Value.EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!).ToList());
    }
}
