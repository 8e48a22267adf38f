using Cake.Core.Configuration;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Registry.Signing;

namespace Slipway.Build.Tests.Cli.Configuration;

public sealed class SettingsTests
{
    private static readonly RepositoryFacts Facts = new(["predictive-maintenance"], ["local", "staging"]);

    private Dictionary<string, string> _values = [];

    [SetUp]
    public void StartWithGoodValues() => _values = new Dictionary<string, string>
    {
        ["Slipway_Environment"] = "local",
        ["Slipway_AwsEnvironments"] = "staging",
        ["Slipway_Model"] = "predictive-maintenance",
        ["Local_PublicPort"] = "8080",
        ["Local_PrivatePort"] = "0",
        ["Local_ReadyTimeout"] = "00:00:45",
        ["Signing_Mode"] = "warn",
        ["Images_RuntimeImage"] = "mirror.example:5000/dotnet/aspnet:10.0",
        ["Images_LibrariesImage"] = "mirror.example:5000/dotnet/runtime-deps@sha256:00",
        ["Images_Platform"] = "linux/arm64",
        ["Scan_AuditSource"] = "https://feed.example/v3/index.json",
        ["Scan_Policy"] = "../air-gapped/scan-policy.json",
        ["Test_HangTimeout"] = "00:05:00",
        ["staging_Region"] = "eu-central-1",
        ["staging_Endpoint"] = "http://127.0.0.1:5055",
        ["staging_Images"] = "folders",
    };

    [Test]
    public void ReadsEveryKey()
    {
        var settings = Read();

        Assert.That(settings.Environment, Is.EqualTo("local"));
        Assert.That(settings.Model, Is.EqualTo("predictive-maintenance"));
        Assert.That(settings.Local, Is.EqualTo(new LocalSettings(8080, 0, TimeSpan.FromSeconds(45), SignatureMode.Warn)));
        Assert.That(settings.Aws["staging"], Is.EqualTo(new AwsSettings("eu-central-1", new("http://127.0.0.1:5055"), ImageSource.Folders)));
        Assert.That(settings.Bases, Is.EqualTo(new BaseImages("mirror.example:5000/dotnet/aspnet:10.0", "mirror.example:5000/dotnet/runtime-deps@sha256:00")));
        Assert.That(settings.Platform, Is.EqualTo(ImagePlatform.Arm64));
        Assert.That(settings.AuditSource, Is.EqualTo("https://feed.example/v3/index.json"));
        Assert.That(settings.ScanPolicy, Is.EqualTo("../air-gapped/scan-policy.json"));
        Assert.That(settings.TestHangTimeout, Is.EqualTo(TimeSpan.FromMinutes(5)));
        Assert.That(_values.Keys, Is.EquivalentTo(SettingKeys.With(["staging"]).Select(key => key.Name)));
    }

    [Test]
    public void SaysWhichKeyIsMissing()
    {
        _values.Remove("Local_PublicPort");

        Assert.That(() => Read(), Throws.TypeOf<UsageException>().With.Message.EqualTo("cake.config lacks Local's PublicPort=<n>."));
    }

    [TestCase("Local_PublicPort", "http", "Local_PublicPort (cake.config or --Local_PublicPort) must be a whole number from 0 to 65535, not 'http'.")]
    [TestCase("Slipway_Environment", "moon", "Slipway_Environment (cake.config or --Slipway_Environment) names an unknown environment: 'moon'. Environments: local, staging.")]
    [TestCase("Slipway_AwsEnvironments", "Staging", "Slipway_AwsEnvironments (cake.config or --Slipway_AwsEnvironments) names an environment 'Staging': a name is lower-case letters, digits and hyphens, at most 20, and not 'local'.")]
    [TestCase("staging_Endpoint", "127.0.0.1:5055", "staging_Endpoint (cake.config or --staging_Endpoint) must be an address such as http://127.0.0.1:5055, not '127.0.0.1:5055'.")]
    [TestCase("Signing_Mode", "maybe", "Signing_Mode (cake.config or --Signing_Mode) must be off or warn or enforce, not 'maybe'.")]
    [TestCase("Test_HangTimeout", "00:00:00", "Test_HangTimeout (cake.config or --Test_HangTimeout) must be a duration such as 00:01:30, not '00:00:00'.")]
    public void SaysWhatAValueMustBe(string key, string value, string problem)
    {
        _values[key] = value;

        Assert.That(() => Read(), Throws.TypeOf<UsageException>().With.Message.EqualTo(problem));
    }

    [Test]
    public void TakesImagesFromTheRegistryOfAwsUnlessSaidOtherwise()
    {
        _values.Remove("staging_Endpoint");
        _values.Remove("staging_Images");

        Assert.That(Read().Aws["staging"], Is.EqualTo(new AwsSettings("eu-central-1", null, ImageSource.Registry)));
    }

    [TestCase(null)]
    [TestCase("")]
    public void JudgesImagesByThePolicyOfThisRepositoryUnlessSaidOtherwise(string? value)
    {
        _values.Remove("Scan_Policy");
        if (value is not null)
            _values["Scan_Policy"] = value;

        Assert.That(Read().ScanPolicy, Is.EqualTo("build/scan-policy.json"));
    }

    private Settings Read() => Settings.Read(new CakeConfiguration(_values), Facts);
}
