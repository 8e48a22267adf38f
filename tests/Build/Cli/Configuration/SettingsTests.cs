using Cake.Core.Configuration;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Registry.Rollouts;
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
        ["Local_Servers"] = "2",
        ["Local_Gateways"] = "3",
        ["Local_Notifications"] = "hook",
        ["Local_ReadyTimeout"] = "00:00:45",
        ["Signing_Mode"] = "warn",
        ["Images_RuntimeImage"] = "mirror.example:5000/dotnet/aspnet:10.0",
        ["Images_LibrariesImage"] = "mirror.example:5000/dotnet/runtime-deps@sha256:00",
        ["Images_Platform"] = "linux/arm64",
        ["Scan_AuditSource"] = "https://feed.example/v3/index.json",
        ["Scan_Policy"] = "../air-gapped/scan-policy.json",
        ["Test_HangTimeout"] = "00:05:00",
        ["Costs_Prices"] = "../contract/prices.json",
        ["staging_Region"] = "eu-central-1",
        ["staging_Endpoint"] = "http://127.0.0.1:5055",
        ["staging_Images"] = "folders",
        ["Local_Rollout_Mode"] = "steps",
        ["Local_Rollout_Steps"] = "10, 50",
        ["Local_Rollout_Approvals"] = "50",
        ["Local_Rollout_Hold"] = "00:00:01",
        ["Local_Rollout_MinRequests"] = "40",
        ["Local_Rollout_BakeShare"] = "80",
        ["Local_Rollout_BakeTime"] = "00:00:02",
        ["Local_Rollout_Deadline"] = "00:01:00",
        ["Local_Rollout_Tolerance"] = "1.2",
        ["Local_Rollout_PassRatio"] = "3",
        ["Local_Rollout_MaxBadRate"] = "0.05",
        ["Local_Rollout_FailAlpha"] = "0.002",
        ["Local_Rollout_PassAlpha"] = "0.1",
        ["Local_Rollout_SlowMilliseconds"] = "250.5",
        ["Local_Rollout_Shadow"] = "20",
        ["Local_Rollout_Probes"] = "off",
    };

    [Test]
    public void ReadsEveryKey()
    {
        var settings = Read();

        Assert.That(settings.Environment, Is.EqualTo("local"));
        Assert.That(settings.Model, Is.EqualTo("predictive-maintenance"));
        Assert.That(settings.Local with { Rollout = null }, Is.EqualTo(new LocalSettings(8080, 0, TimeSpan.FromSeconds(45), SignatureMode.Warn, Servers: 2, Gateways: 3, Notifications: "hook")));
        Assert.That(settings.Aws["staging"] with { Rollout = null }, Is.EqualTo(new AwsSettings("eu-central-1", new("http://127.0.0.1:5055"), ImageSource.Folders)));
        Assert.That(settings.Bases, Is.EqualTo(new BaseImages("mirror.example:5000/dotnet/aspnet:10.0", "mirror.example:5000/dotnet/runtime-deps@sha256:00")));
        Assert.That(settings.Platform, Is.EqualTo(ImagePlatform.Arm64));
        Assert.That(settings.AuditSource, Is.EqualTo("https://feed.example/v3/index.json"));
        Assert.That(settings.ScanPolicy, Is.EqualTo("../air-gapped/scan-policy.json"));
        Assert.That(settings.TestHangTimeout, Is.EqualTo(TimeSpan.FromMinutes(5)));
        Assert.That(settings.Prices, Is.EqualTo("../contract/prices.json"));
        Assert.That(
            _values.Keys.Select(key => key.Replace("Local_Rollout_", "staging_Rollout_")).Concat(_values.Keys).Distinct(),
            Is.EquivalentTo(SettingKeys.With(["staging"]).Select(key => key.Name)));
    }

    [Test]
    public void ReadsThePlanOfARollout()
    {
        var plan = Read().Local.Rollout!;

        Assert.That(plan.Steps, Is.EqualTo(new RolloutStep[] { new(10), new(50, Approval: true) }));
        Assert.That(plan, Is.EqualTo(new RolloutPlan(
            "", null, null, "", [], TimeSpan.FromSeconds(1), 40, new(80), TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1),
            new(1.2, 3, 0.05, 0.002, 0.1, 250.5), Servers: 1, Shadow: 20, Probes: false)).Using<RolloutPlan>((one, other) => one with { Steps = other.Steps } == other));
    }

    [Test]
    public void KeysThatAreMissingHaveAPlanForAnEnvironmentThatPeopleDependOn()
    {
        var plan = Read().Aws["staging"].Rollout!;

        Assert.That(plan.Steps.Select(step => step.Share), Is.EqualTo(new[] { 5, 25, 50 }));
        Assert.That((plan.Hold, plan.MinRequests, plan.Probes), Is.EqualTo((TimeSpan.FromMinutes(2), 500, true)));
    }

    [Test]
    public void TrafficMovesAtOnceWhereThatIsSaid()
    {
        _values["staging_Rollout_Mode"] = "at-once";

        Assert.That(Read().Aws["staging"].Rollout, Is.Null);
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
    [TestCase("Local_Rollout_Steps", "5,100", "Local_Rollout_Steps (cake.config or --Local_Rollout_Steps) must be percentages from 1 to 99, separated by commas, such as 5,25,50, not '5,100'.")]
    [TestCase("Local_Rollout_MaxBadRate", "5 %", "Local_Rollout_MaxBadRate (cake.config or --Local_Rollout_MaxBadRate) must be a number from 0 to 1, such as 0.5, not '5 %'.")]
    [TestCase("Local_Rollout_Approvals", "25", "Local_Rollout_Approvals (cake.config or --Local_Rollout_Approvals) names 25 %, but no step has that share: 10, 50, 80.")]
    [TestCase("Local_Rollout_Steps", "50,10", "The rollouts of [Local] in cake.config cannot be followed: 'steps[1].share' is 10; expected more than the 50 of the step before, because shares rise.")]
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

        Assert.That(Read().Aws["staging"] with { Rollout = null }, Is.EqualTo(new AwsSettings("eu-central-1", null, ImageSource.Registry)));
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
