using System.Globalization;
using Cake.Core.Configuration;
using Slipway.Registry.Signing;

namespace Slipway.Build.Cli.Configuration;

/// <param name="PublicPort">Of the gateway, for callers; 0 picks a free one.</param>
/// <param name="PrivatePort">Of the gateway, for operators; 0 picks a free one.</param>
/// <param name="ReadyTimeout">From the start of a service until it is ready.</param>
/// <param name="Signatures">What servers make of a version that no trusted key signed.</param>
public sealed record LocalSettings(int PublicPort, int PrivatePort, TimeSpan ReadyTimeout, SignatureMode Signatures = SignatureMode.Enforce);

/// <summary>An environment on AWS. Everything else about it, Terraform knows.</summary>
/// <param name="Endpoint">Where its services are, if not at AWS: the address of an emulator.</param>
/// <param name="Images">Where images come from.</param>
public sealed record AwsSettings(string Region, Uri? Endpoint, ImageSource Images);

public enum ImageSource
{
    /// <summary>From the environment's registry, by the tag of the commit.</summary>
    Registry,

    /// <summary>Folders of build output on this machine, for an emulator that runs them.</summary>
    Folders,
}

/// <summary>What cake.config says, overridden by arguments of the same name.</summary>
/// <param name="Environment">Where a target works when it is not told.</param>
/// <param name="Model">On what a target works when it is not told.</param>
/// <param name="Aws">The environments on AWS, by name.</param>
/// <param name="Bases">What images begin with, where it is not what the Dockerfiles pin.</param>
/// <param name="Platform">What images are built for.</param>
/// <param name="AuditSource">The feed that packages are audited by; null for those that they come from.</param>
/// <param name="ScanPolicy">The file that says what images may carry, from the top of the repository on.</param>
/// <param name="TestHangTimeout">After how long of silence a test project is ended.</param>
public sealed record Settings(
    string Environment, string Model, LocalSettings Local, IReadOnlyDictionary<string, AwsSettings> Aws, BaseImages Bases, ImagePlatform Platform, string? AuditSource,
    string ScanPolicy, TimeSpan TestHangTimeout)
{
    /// <exception cref="UsageException">A value is missing or wrong.</exception>
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
        AwsSettings Aws(string name) => new(
            Value(SettingKeys.Region(name)),
            Optional(SettingKeys.Endpoint(name)) is { } endpoint ? new Uri(endpoint) : null,
            Optional(SettingKeys.Images(name)) is { } images ? Enum.Parse<ImageSource>(images, ignoreCase: true) : ImageSource.Registry);

        Optional(SettingKeys.AwsEnvironments);
        return new Settings(
            Value(SettingKeys.Environment),
            Value(SettingKeys.Model),
            new LocalSettings(Number(SettingKeys.PublicPort), Number(SettingKeys.PrivatePort), Duration(SettingKeys.ReadyTimeout), Enum.Parse<SignatureMode>(Value(SettingKeys.SigningMode), ignoreCase: true)),
            facts.Environments.Where(name => name != EnvironmentList.Local).ToDictionary(name => name, Aws),
            new BaseImages(Optional(SettingKeys.RuntimeImage) ?? "", Optional(SettingKeys.LibrariesImage) ?? ""),
            ImagePlatform.Named(Optional(SettingKeys.ImagesPlatform) ?? ""),
            Optional(SettingKeys.AuditSource),
            Optional(SettingKeys.ScanPolicy) ?? Paths.ScanPolicy,
            Duration(SettingKeys.HangTimeout));
    }
}
