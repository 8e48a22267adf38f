using Amazon.KeyManagementService;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Slipway.Build.Sdk;
using Type = System.Type;

namespace Slipway.Sdk.Tests.Definitions;

/// <summary>The rules by which surfaces are made, compared with official packages that every feed has.</summary>
[TestFixture("kms", typeof(IAmazonKeyManagementService))]
[TestFixture("ssm", typeof(IAmazonSimpleSystemsManagement))]
public sealed class SdkRulesTests(string definition, Type client)
{
    private SdkSurface _made = null!;
    private SdkSurface _official = null!;

    private string Name => client.Name["IAmazon".Length..];

    // either may be newer than the other: what both have is compared
    private IEnumerable<(SurfaceType Made, SurfaceType Official)> Both =>
        _made.Types.Values.Join(_official.Types.Values, type => type.Name, type => type.Name, (made, official) => (made, official));

    [OneTimeSetUp]
    public void Make()
    {
        _made = SdkRules.Surface(new(definition, Name), Repository.Definitions());
        _official = StandInSurface.Of(client.Assembly);
    }

    [Test]
    public void MakeAlmostAllTheClassesAndOperations()
    {
        Assert.That(_made.Types.Keys.Except(_official.Types.Keys).Count(), Is.LessThan(_official.Types.Count / 20), string.Join(", ", _made.Types.Keys.Except(_official.Types.Keys)));
        Assert.That(Both.Count(), Is.GreaterThan(_made.Types.Count * 9 / 10));
        Assert.That(_made.Operations.Intersect(_official.Operations).Count(), Is.GreaterThan(_made.Operations.Count * 9 / 10));
    }

    [Test]
    public void MakeClassesOfTheSameKind() => Assert.That(Both.Where(type => type.Made.Kind != type.Official.Kind).Select(type => $"{type.Made.Name}: {type.Made.Kind}, {type.Official.Kind}"), Is.Empty);

    [Test]
    public void MakeMembersOfTheSameTypesAndConstantsOfTheSameNames() => Assert.That(
        Both.SelectMany(type => type.Made.Members.Where(member => type.Official.Members.TryGetValue(member.Key, out var official) && official != member.Value)
            .Select(member => $"{type.Made.Name}.{member.Key}: {member.Value}, {type.Official.Members[member.Key]}")),
        Is.Empty);

    [Test]
    public void MakeAlmostAllTheMembers()
    {
        var (made, same) = (Both.Sum(type => type.Made.Members.Count), Both.Sum(type => type.Made.Members.Keys.Intersect(type.Official.Members.Keys).Count()));

        Assert.That(same, Is.GreaterThan(made * 95 / 100), $"{same} of {made}");
    }

    [Test]
    public void KnowTheNamespacesAndBaseClasses()
    {
        var models = client.Assembly.GetExportedTypes().Where(type => type is { IsClass: true, IsAbstract: false } && _official.Types.ContainsKey(type.Name)
            && (type.Namespace == $"{client.Namespace}.Model" || type.IsSubclassOf(typeof(ConstantClass))));

        Assert.That(models.SelectMany(model => SdkNames.Differences(model, Name)), Is.Empty);
    }
}
