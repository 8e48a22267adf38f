using System.Globalization;
using Cake.Core.Configuration;
using Slipway.Registry.Rollouts;
using Slipway.Registry.Signing;

namespace Slipway.Build.Cli.Configuration;

/// <param name="PublicPort">The gateway's port for callers; 0 picks a free one.</param>
/// <param name="PrivatePort">The gateway's port for operators; 0 picks a free one.</param>
/// <param name="ReadyTimeout">How long a service may take to become ready.</param>
/// <param name="Signatures">How servers treat a version that no trusted key signed.</param>
/// <param name="Rollout">The plan of every rollout, but for what is rolled out; null if traffic moves at once.</param>
/// <param name="Servers">The number of servers of each color.</param>
/// <param name="Gateways">The number of gateways; each has a port of its own.</param>
/// <param name="Notifications">What the gateway notifies of changes of traffic; null for nothing.</param>
public sealed record LocalSettings(
    int PublicPort, int PrivatePort, TimeSpan ReadyTimeout, SignatureMode Signatures = SignatureMode.Enforce, RolloutPlan? Rollout = null,
    int Servers = 1, int Gateways = 1, string? Notifications = null);

/// <summary>The settings of an AWS environment. Everything else about it is in its Terraform configuration.</summary>
/// <param name="Endpoint">The endpoint of its services, if it is not AWS but an emulator.</param>
/// <param name="Images">Where its images come from.</param>
/// <param name="Rollout">The plan of every rollout, but for what is rolled out; null if traffic moves at once.</param>
public sealed record AwsSettings(string Region, Uri? Endpoint, ImageSource Images, RolloutPlan? Rollout = null);

public enum ImageSource
{
    /// <summary>From the environment's container registry, by the tag of the commit.</summary>
    Registry,

    /// <summary>Folders of build output on this machine, for an emulator that runs them.</summary>
    Folders,
}

/// <summary>The settings in cake.config, overridden by arguments of the same name.</summary>
/// <param name="Environment">The default of <c>--environment</c>.</param>
/// <param name="Model">The default of <c>--model</c>.</param>
/// <param name="Aws">The AWS environments, by name.</param>
/// <param name="Bases">The base images, if they override what the Dockerfiles pin.</param>
/// <param name="Platform">The platform to build images for.</param>
/// <param name="AuditSource">The package feed to audit packages against; null for the feeds that they come from.</param>
/// <param name="ScanPolicy">The scan policy, relative to the repository's root.</param>
/// <param name="TestHangTimeout">How long a test project may be silent before it is killed.</param>
/// <param name="Prices">The table of prices, relative to the repository's root.</param>
public sealed record Settings(
    string Environment, string Model, LocalSettings Local, IReadOnlyDictionary<string, AwsSettings> Aws, BaseImages Bases, ImagePlatform Platform, string? AuditSource,
    string ScanPolicy, TimeSpan TestHangTimeout, string Prices)
{
    /// <exception cref="UsageException">A value is missing or invalid.</exception>
    public static Settings Read(ICakeConfiguration configuration, RepositoryFacts facts)
    {
        string Value(SettingKey key)
        {
            var value = configuration.GetValue(key.Name)
                ?? throw new UsageException($"cake.config lacks {key.Section}'s {key.Key}={key.Rule.Form}.");
            return key.Rule.Problem(value, facts) is { } problem
                ? throw new UsageException($"{key.Name} (cake.config or --{key.Name}) {problem}.")
                : value;
        }

        int Number(SettingKey key) => int.Parse(Value(key), CultureInfo.InvariantCulture);
        TimeSpan Duration(SettingKey key) => TimeSpan.ParseExact(Value(key), "c", CultureInfo.InvariantCulture);
        string? Optional(SettingKey key) => configuration.GetValue(key.Name) is { Length: > 0 } ? Value(key) : null;
        RolloutPlan? Rollout(string section) => new RolloutKeys(section).Read(Optional);
        AwsSettings Aws(string name) => new(
            Value(SettingKeys.Region(name)),
            Optional(SettingKeys.Endpoint(name)) is { } endpoint ? new Uri(endpoint) : null,
            Optional(SettingKeys.Images(name)) is { } images ? Enum.Parse<ImageSource>(images, ignoreCase: true) : ImageSource.Registry,
            Rollout(name));

        Optional(SettingKeys.AwsEnvironments);
        return new Settings(
            Value(SettingKeys.Environment),
            Value(SettingKeys.Model),
            new LocalSettings(
                Number(SettingKeys.PublicPort), Number(SettingKeys.PrivatePort), Duration(SettingKeys.ReadyTimeout),
                Enum.Parse<SignatureMode>(Value(SettingKeys.SigningMode), ignoreCase: true), Rollout(SettingKeys.LocalSection),
                Optional(SettingKeys.Servers) is null ? 1 : Number(SettingKeys.Servers), Optional(SettingKeys.Gateways) is null ? 1 : Number(SettingKeys.Gateways),
                Optional(SettingKeys.Notifications)),
            facts.Environments.Where(name => name != EnvironmentList.Local).ToDictionary(name => name, Aws),
            new BaseImages(Optional(SettingKeys.RuntimeImage) ?? "", Optional(SettingKeys.LibrariesImage) ?? ""),
            ImagePlatform.Named(Optional(SettingKeys.ImagesPlatform) ?? ""),
            Optional(SettingKeys.AuditSource),
            Optional(SettingKeys.ScanPolicy) ?? Paths.ScanPolicy,
            Duration(SettingKeys.HangTimeout),
            Optional(SettingKeys.Prices) ?? Paths.Prices);
    }
}
