namespace Slipway.Build.Cli.Configuration;

/// <summary>A key of cake.config; <c>Section_Key</c> is its name as an argument.</summary>
public sealed record SettingKey(string Section, string Key, ValueRule Rule)
{
    public string Name => $"{Section}_{Key}";
}

/// <summary>Every key of cake.config.</summary>
public static class SettingKeys
{
    /// <summary>The section of the local environment; that of an AWS environment has its name.</summary>
    public const string LocalSection = "Local";

    public static SettingKey Environment { get; } = new("Slipway", "Environment", ValueRule.Environment);

    /// <summary>The AWS environments; each has its own section.</summary>
    public static SettingKey AwsEnvironments { get; } = new("Slipway", "AwsEnvironments", ValueRule.EnvironmentNames);

    // only checks the name: the target that works on the model checks whether its folder exists
    public static SettingKey Model { get; } = new("Slipway", "Model", ValueRule.ModelName);

    public static SettingKey PublicPort { get; } = new(LocalSection, "PublicPort", ValueRule.WholeNumber(0, 65535));

    public static SettingKey PrivatePort { get; } = new(LocalSection, "PrivatePort", ValueRule.WholeNumber(0, 65535));

    public static SettingKey Servers { get; } = new(LocalSection, "Servers", ValueRule.WholeNumber(1, 16));

    public static SettingKey Gateways { get; } = new(LocalSection, "Gateways", ValueRule.WholeNumber(1, 8));

    public static SettingKey ReadyTimeout { get; } = new(LocalSection, "ReadyTimeout", ValueRule.Duration);

    /// <summary>What the gateway notifies of changes of traffic; nothing unless given.</summary>
    public static SettingKey Notifications { get; } = new(LocalSection, "Notifications", ValueRule.Text("<target>,<target>"));

    public static SettingKey SigningMode { get; } = new("Signing", "Mode", ValueRule.OneOf("off", "warn", "enforce"));

    /// <summary>The package feed to audit packages against; by default, the feeds that they come from.</summary>
    public static SettingKey AuditSource { get; } = new("Scan", "AuditSource", ValueRule.HttpUrl);

    /// <summary>A team's own scan policy, instead of this repository's.</summary>
    public static SettingKey ScanPolicy { get; } = new("Scan", "Policy", ValueRule.Text("<file>"));

    /// <summary>A team's own table of prices, instead of this repository's.</summary>
    public static SettingKey Prices { get; } = new("Costs", "Prices", ValueRule.Text("<file>"));

    /// <summary>Empty: the base image that the Dockerfiles pin.</summary>
    public static SettingKey RuntimeImage { get; } = new("Images", "RuntimeImage", ValueRule.ImageReference);

    /// <inheritdoc cref="RuntimeImage"/>
    public static SettingKey LibrariesImage { get; } = new("Images", "LibrariesImage", ValueRule.ImageReference);

    /// <summary>The platform to build images for; linux/amd64 by default.</summary>
    public static SettingKey ImagesPlatform { get; } = new("Images", "Platform", ValueRule.OneOf(ImagePlatform.X64.Docker, ImagePlatform.Arm64.Docker));

    public static SettingKey HangTimeout { get; } = new("Test", "HangTimeout", ValueRule.Duration);

    public static IReadOnlyList<SettingKey> All { get; } =
        [Environment, AwsEnvironments, Model, PublicPort, PrivatePort, Servers, Gateways, ReadyTimeout, Notifications, SigningMode, RuntimeImage, LibrariesImage, ImagesPlatform, AuditSource, ScanPolicy, HangTimeout, Prices];

    public static SettingKey Region(string environment) => new(environment, "Region", ValueRule.Text("<region>"));

    public static SettingKey Endpoint(string environment) => new(environment, "Endpoint", ValueRule.HttpAddress);

    public static SettingKey Images(string environment) => new(environment, "Images", ValueRule.OneOf("registry", "folders"));

    /// <summary>All valid keys of cake.config, given the AWS environments that it defines.</summary>
    public static IEnumerable<SettingKey> With(IEnumerable<string> environments) =>
        All.Concat(new RolloutKeys(LocalSection).All)
            .Concat(environments.SelectMany(name => new[] { Region(name), Endpoint(name), Images(name) }.Concat(new RolloutKeys(name).All)));
}
