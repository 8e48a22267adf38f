using System.Diagnostics;
using System.Text.Json;

namespace Slipway.Build.Tests;

/// <summary>What MSBuild makes of a project in each mode, without restoring or building it.</summary>
public sealed class PackageSwapTests
{
    private const string SdkTests = "tests/Sdk/Sdk.Tests.csproj";

    [Test]
    public void UsesTheOfficialPackageWhenToldTo()
    {
        var items = Evaluate("none");

        Assert.That(items["PackageReference"], Does.Contain("Cake.Frosting"));
        Assert.That(items["ProjectReference"], Has.None.Contains("StandIns"));
        Assert.That(items["PackageDownload"], Is.Empty);
        Assert.That(items["AssemblyMetadata"], Is.Empty);
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
        var listed = System.Xml.Linq.XDocument.Load(Path.Combine(folder, "StandIns.props")).Descendants("StandIn").Select(e => (string)e.Attribute("Include")!);
        // sources that several stand-ins share lie in a folder without a project
        var projects = Directory.EnumerateDirectories(folder).Where(package => File.Exists(Path.Combine(package, $"{Path.GetFileName(package)}.csproj")));

        Assert.That(projects.Select(Path.GetFileName), Is.EquivalentTo(listed));
    }

    [Test]
    public void SwapsAllPackagesOfAProjectThatHasSeveral()
    {
        var official = Evaluate("none", SdkTests)["PackageReference"].Where(package => package.StartsWith("AWSSDK.", StringComparison.Ordinal)).ToList();
        var swapped = Evaluate("all", SdkTests);

        Assert.That(official, Has.Count.EqualTo(6));
        Assert.That(swapped["PackageReference"], Has.None.StartsWith("AWSSDK."));
        foreach (var package in official)
            Assert.That(swapped["ProjectReference"], Has.One.EndsWith($"build/StandIns/{package}/{package}.csproj"));
    }

    [Test]
    public void LeavesTheCoreOfTheAwsSdkAPackage() =>
        Assert.That(Evaluate("all", "build/StandIns/AWSSDK.ECS/AWSSDK.ECS.csproj")["PackageReference"], Does.Contain("AWSSDK.Core"));

    private static Dictionary<string, List<string>> Evaluate(string mode, string project = "build/Build.csproj")
    {
        var result = Processes.Run(new ProcessStartInfo("dotnet",
        [
            "msbuild", Path.Combine(Repository.Root, project), $"-p:StandIns={mode}",
            "-getItem:PackageReference,ProjectReference,PackageDownload,Reference,AssemblyMetadata",
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        using var json = JsonDocument.Parse(result.Output);
        return json.RootElement.GetProperty("Items").EnumerateObject().ToDictionary(
            items => items.Name,
            items => items.Value.EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!).ToList());
    }
}
