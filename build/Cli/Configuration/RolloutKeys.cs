namespace Slipway.Build.Cli.Configuration;

/// <summary>The keys of cake.config that say how a release, or a model's version, takes over traffic in one environment.</summary>
/// <param name="section">The section of the environment.</param>
public sealed class RolloutKeys(string section)
{
    public const string AtOnce = "at-once";
    public const string On = "on";

    private const string Prefix = "Rollout";

    public string Section => section;

    /// <summary>Whether traffic moves in steps, or all of it as soon as the candidate is ready.</summary>
    public SettingKey Mode { get; } = new(section, $"{Prefix}_Mode", ValueRule.OneOf("steps", AtOnce));

    public SettingKey Steps { get; } = new(section, $"{Prefix}_Steps", ValueRule.Shares);

    /// <summary>The steps that a person has to approve, by their shares.</summary>
    public SettingKey Approvals { get; } = new(section, $"{Prefix}_Approvals", ValueRule.Shares);

    public SettingKey Hold { get; } = new(section, $"{Prefix}_Hold", ValueRule.Duration);

    public SettingKey MinRequests { get; } = new(section, $"{Prefix}_MinRequests", ValueRule.WholeNumber(1, 100_000_000));

    public SettingKey BakeShare { get; } = new(section, $"{Prefix}_BakeShare", ValueRule.WholeNumber(1, 99));

    public SettingKey BakeTime { get; } = new(section, $"{Prefix}_BakeTime", ValueRule.Duration);

    public SettingKey Deadline { get; } = new(section, $"{Prefix}_Deadline", ValueRule.Duration);

    public SettingKey Tolerance { get; } = new(section, $"{Prefix}_Tolerance", ValueRule.Number(1, 1_000));

    public SettingKey PassRatio { get; } = new(section, $"{Prefix}_PassRatio", ValueRule.Number(1, 1_000));

    public SettingKey MaxBadRate { get; } = new(section, $"{Prefix}_MaxBadRate", ValueRule.Number(0, 1));

    public SettingKey FailAlpha { get; } = new(section, $"{Prefix}_FailAlpha", ValueRule.Number(0, 1));

    public SettingKey PassAlpha { get; } = new(section, $"{Prefix}_PassAlpha", ValueRule.Number(0, 1));

    /// <summary>Answers that take longer count as slow; without it, twice stable's 99th percentile is the bound.</summary>
    public SettingKey SlowMilliseconds { get; } = new(section, $"{Prefix}_SlowMilliseconds", ValueRule.Number(0, 3_600_000));

    public SettingKey Shadow { get; } = new(section, $"{Prefix}_Shadow", ValueRule.WholeNumber(0, 100));

    public SettingKey Probes { get; } = new(section, $"{Prefix}_Probes", ValueRule.OneOf(On, "off"));

    public IReadOnlyList<SettingKey> All =>
        [Mode, Steps, Approvals, Hold, MinRequests, BakeShare, BakeTime, Deadline, Tolerance, PassRatio, MaxBadRate, FailAlpha, PassAlpha, SlowMilliseconds, Shadow, Probes];
}
