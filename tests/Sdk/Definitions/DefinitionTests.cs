namespace Slipway.Sdk.Tests;

/// <summary>A stand-in may lack members of the official package, which is made from the same definitions, but never have one of its own.</summary>
[TestFixtureSource(typeof(StandIn), nameof(StandIn.All))]
public sealed class DefinitionTests(StandIn standIn)
{
    private ServiceDefinition _definition = null!;

    [OneTimeSetUp]
    public void ReadTheDefinition()
    {
        if (!standIn.InUse) Assert.Pass("the official package is in use");
        _definition = ServiceDefinition.Read(Botocore.Folder, standIn);
    }

    [Test]
    public void HasOnlyMembersThatTheServiceHas() =>
        Assert.That(standIn.Models.SelectMany(new ModelComparison(_definition).Differences), Is.Empty);

    [Test]
    public void HasOnlyOperationsThatTheServiceHas()
    {
        var methods = standIn.Client.GetMethods().Where(method => !method.IsStatic).Select(method => method.Name).ToList();

        Assert.That(methods, Is.Not.Empty);
        Assert.That(methods, Is.SubsetOf(_definition.Operations.Select(operation => $"{operation.Key}Async")));
    }

    [Test]
    public void HasNothingPublicBesidesModelsAndItsClient()
    {
        var name = standIn.Name;

        Assert.That(standIn.Client.Assembly.GetExportedTypes().Except(standIn.Models).Select(type => type.FullName), Is.EquivalentTo(new[]
        {
            $"Amazon.{name}.IAmazon{name}", $"Amazon.{name}.Amazon{name}Client", $"Amazon.{name}.Amazon{name}Config",
            $"Amazon.{name}.Amazon{name}Exception", $"Amazon.{name}.Model.Amazon{name}Request",
        }));
    }
}
