using Cake.Core.Configuration;
using CsCheck;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Registry.Rollouts;
using Slipway.Tests.Properties;

namespace Slipway.Build.Tests.Properties;

public sealed class SettingProperties
{
    private static readonly RepositoryFacts Facts = new(["predictive-maintenance"], ["local", "staging"]);
    private static readonly string[] Keys = [.. SettingKeys.With(["staging"]).Select(key => key.Name)];

    // cake.config of this repository, and what other settings look like
    private static readonly string[] Values =
    [
        "local", "staging", "predictive-maintenance", "8080", "0", "00:00:45", "warn", "mirror.example:5000/dotnet/aspnet:10.0", "linux/arm64", "https://feed.example/v3/index.json",
        "eu-central-1", "folders", "steps", "at-once", "5,25, 50", "10.00:00:00", "100000000", "99", "1.2", "0.002", "250.5", "off", "on", "", " ", "http://127.0.0.1:5055", "$HOOK", "NaN", "Infinity", "1e3",
    ];

    private static readonly Dictionary<string, string> Valid = new()
    {
        ["Slipway_Environment"] = "local",
        ["Slipway_Model"] = "predictive-maintenance",
        ["Slipway_AwsEnvironments"] = "staging",
        ["Local_PublicPort"] = "8080",
        ["Local_PrivatePort"] = "0",
        ["Local_ReadyTimeout"] = "00:00:45",
        ["Signing_Mode"] = "warn",
        ["Test_HangTimeout"] = "00:05:00",
        ["staging_Region"] = "eu-central-1",
    };

    [Test]
    public void AreReadOrExplained() =>
        Property.Holds(Gen.Select(Gen.OneOf(Keys), Edited.Text(Values)).Array[0, 4], 3000, changed =>
        {
            var values = new Dictionary<string, string>(Valid);
            foreach (var (key, value) in changed)
                values[key] = value;
            try
            {
                var settings = Settings.Read(new CakeConfiguration(values), Facts);
                foreach (var plan in settings.Aws.Values.Select(one => one.Rollout).Append(settings.Local.Rollout).OfType<RolloutPlan>())
                    Assert.That(RolloutPlanReader.Problems(plan with { Id = "r1", Digest = "digest" }), Is.Empty);
            }
            catch (UsageException e)
            {
                Assert.That(e.Message, Does.Contain("cake.config").And.Not.Contain("   at "));
            }
        }, changed => string.Join(", ", changed));

    [Test]
    public void OnTheCommandLineAreParsed() =>
        Property.Holds(
            Edited.Text("--target=Deploy", "-t", "Deploy", "--environment", "local", "--version=7", "--version", "--help", "-h", "--dryrun", "--Local_PublicPort=9000", "--=", "-", "--", "7").Array[0, 6], 2000,
            tokens => Assert.That(CommandLineParser.Parse(tokens), Is.Not.Null), tokens => string.Join(" ", tokens));
}
