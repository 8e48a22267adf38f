using Slipway.Automation.Aws;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Images;
using Slipway.Build.Images.Pushing;

namespace Slipway.Build.Tests.Images.Pushing;

public sealed class ImageDestinationTests
{
    private static readonly AwsImages Staging = new("1.dkr.ecr.x.amazonaws.com/slipway-staging/model", "1.dkr.ecr.x.amazonaws.com/slipway-staging/gateway");

    private static readonly Dictionary<string, AwsSettings> Aws = new()
    {
        ["staging"] = new("x", null, ImageSource.Registry),
        ["emulated"] = new("x", null, ImageSource.Folders),
    };

    [Test]
    public void EnvironmentHasItsOwnRepositories() =>
        Assert.That(ImageDestination.Of(Staging, instead: null)[ImageName.Gateway].ToString(), Is.EqualTo(Staging.Gateway));

    [Test]
    public void AnotherHostKeepsTheirNames() =>
        Assert.That(ImageDestination.Of(Staging, new("127.0.0.1:5000"))[ImageName.Model].ToString(), Is.EqualTo("127.0.0.1:5000/slipway-staging/model"));

    [Test]
    public void RegistryAloneHasOursByTheirOwnNames() =>
        Assert.That(ImageDestination.In(new("127.0.0.1:5000"))[ImageName.Model].ToString(), Is.EqualTo("127.0.0.1:5000/slipway/model"));

    [TestCase("local", null, "The environment 'local' has no container registry. Name one with --registry=<host:port>")]
    [TestCase("emulated", null, "runs folders of build output")]
    [TestCase("staging", null, null)]
    [TestCase("local", "127.0.0.1:5000", null)]
    [TestCase("emulated", "127.0.0.1:5000", null)]
    public void SaysWhereNothingCanBePushedTo(string environment, string? registry, string? expected) => Assert.That(
        ImageDestination.Problem(environment, Aws, registry), expected is null ? Is.Null : Does.Contain(expected));
}
