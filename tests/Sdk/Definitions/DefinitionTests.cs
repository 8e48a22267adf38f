using System.Xml.Linq;
using Slipway.Build.Sdk;

namespace Slipway.Sdk.Tests.Definitions;

/// <summary>A stand-in may lack members of the official package, but must not have additional ones, or ones of another type.</summary>
[TestFixtureSource(typeof(StandIn), nameof(StandIn.All))]
public sealed class DefinitionTests(StandIn standIn)
{
    private SdkSurface _surface = null!;

    [OneTimeSetUp]
    public void FindTheStandIn()
    {
        standIn.Require();
        _surface = StandInSurface.Of(standIn.Client.Assembly);
    }

    [Test]
    public void HasOnlyWhatThePinnedVersionHas() => Assert.That(standIn.Pinned.Lacks(_surface), Is.Empty);

    [Test]
    public void IsComparedWithTheVersionThatIsPinned()
    {
        var pin = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion").Single(pin => (string)pin.Attribute("Include")! == standIn.Service.Package);

        Assert.That(standIn.Pinned.Version, Is.EqualTo($"{standIn.Service.Package} {(string)pin.Attribute("Version")!}"), "write down in pinned.txt what the version has that is pinned now");
    }

    [Test]
    public void HasMembersOfTheTypesThatTheDefinitionSays()
    {
        var defined = SdkRules.Surface(standIn.Service, Repository.Definitions());

        Assert.That(defined.Types.Keys.Intersect(_surface.Types.Keys).Count(), Is.GreaterThan(_surface.Types.Count / 2), "there is something to compare");
        Assert.That(standIn.Models.SelectMany(new ModelComparison(defined).Differences), Is.Empty);
    }

    [Test]
    public void HasOnlyOperationsOfWhichThePinnedVersionHasTheRequests()
    {
        var methods = standIn.Client.GetMethods().Where(method => !method.IsStatic).Select(method => method.Name).ToList();

        Assert.That(methods, Is.Not.Empty);
        Assert.That(methods, Is.SubsetOf(_surface.Types.Keys.Where(type => type.EndsWith("Request", StringComparison.Ordinal)).Select(type => $"{type[..^"Request".Length]}Async")));
    }

    [Test]
    public void HasNothingPublicExceptModelsAndItsClient()
    {
        var name = standIn.Name;

        Assert.That(standIn.Client.Assembly.GetExportedTypes().Except(standIn.Models).Select(type => type.FullName), Is.EquivalentTo(new[]
        {
            $"Amazon.{name}.IAmazon{name}", $"Amazon.{name}.Amazon{name}Client", $"Amazon.{name}.Amazon{name}Config",
            $"Amazon.{name}.Amazon{name}Exception", $"Amazon.{name}.Amazon{name}Request",
        }));
    }

    [Test]
    public void HasClassesInTheNamespacesAndBelowTheClassesOfTheSdk() => Assert.That(standIn.Models.SelectMany(model => SdkNames.Differences(model, standIn.Name)), Is.Empty);
}
