using Slipway.Registry;
using Slipway.Registry.Rollouts;

namespace Slipway.Build.Cli.Configuration;

/// <summary>The keys of cake.config that say how a release, or a model's version, takes over traffic in one environment.</summary>
/// <param name="section">The section of the environment.</param>
public sealed class RolloutKeys(string section)
{
    public string Section => section;

    /// <summary>Whether traffic moves in steps, or all of it as soon as the candidate is ready.</summary>
    public SettingKey Mode { get; } = new(section, Key(RolloutSettings.Mode), ValueRule.OneOf(RolloutSettings.InSteps, RolloutSettings.AtOnce));

    public SettingKey Steps { get; } = new(section, Key(RolloutSettings.Steps), ValueRule.Shares);

    /// <summary>The steps that a person has to approve, by their shares.</summary>
    public SettingKey Approvals { get; } = new(section, Key(RolloutSettings.Approvals), ValueRule.Shares);

    public SettingKey Hold { get; } = new(section, Key(RolloutSettings.Hold), ValueRule.Duration);

    public SettingKey MinRequests { get; } = new(section, Key(RolloutSettings.MinRequests), ValueRule.WholeNumber(1, 100_000_000));

    public SettingKey BakeShare { get; } = new(section, Key(RolloutSettings.BakeShare), ValueRule.WholeNumber(1, 99));

    public SettingKey BakeTime { get; } = new(section, Key(RolloutSettings.BakeTime), ValueRule.Duration);

    public SettingKey Deadline { get; } = new(section, Key(RolloutSettings.Deadline), ValueRule.Duration);

    public SettingKey Tolerance { get; } = new(section, Key(RolloutSettings.Tolerance), ValueRule.Number(1, 1_000));

    public SettingKey PassRatio { get; } = new(section, Key(RolloutSettings.PassRatio), ValueRule.Number(1, 1_000));

    public SettingKey MaxBadRate { get; } = new(section, Key(RolloutSettings.MaxBadRate), ValueRule.Number(0, 1));

    public SettingKey FailAlpha { get; } = new(section, Key(RolloutSettings.FailAlpha), ValueRule.Number(0, 1));

    public SettingKey PassAlpha { get; } = new(section, Key(RolloutSettings.PassAlpha), ValueRule.Number(0, 1));

    /// <summary>Answers that take longer count as slow; without it, twice stable's 99th percentile is the bound.</summary>
    public SettingKey SlowMilliseconds { get; } = new(section, Key(RolloutSettings.SlowMilliseconds), ValueRule.Number(0, 3_600_000));

    public SettingKey Shadow { get; } = new(section, Key(RolloutSettings.Shadow), ValueRule.WholeNumber(0, 100));

    public SettingKey Probes { get; } = new(section, Key(RolloutSettings.Probes), ValueRule.OneOf(RolloutSettings.On, RolloutSettings.Off));

    public IReadOnlyList<SettingKey> All =>
        [Mode, Steps, Approvals, Hold, MinRequests, BakeShare, BakeTime, Deadline, Tolerance, PassRatio, MaxBadRate, FailAlpha, PassAlpha, SlowMilliseconds, Shadow, Probes];

    /// <param name="value">The valid value of a key; null if it is not set.</param>
    /// <returns>The plan of every rollout, but for what is rolled out; null if traffic moves at once.</returns>
    /// <exception cref="UsageException">The values contradict each other.</exception>
    public RolloutPlan? Read(Func<SettingKey, string?> value)
    {
        var keys = All.ToDictionary(key => key.Key[RolloutSettings.Prefix.Length..]);
        try
        {
            return new RolloutSettings(name => value(keys[name]), name => $"{keys[name].Name} (cake.config or --{keys[name].Name})", $"[{section}] in cake.config").Read();
        }
        catch (SlipwayException e) when (e is not UsageException)
        {
            throw new UsageException(e.Message);
        }
    }

    private static string Key(string setting) => $"{RolloutSettings.Prefix}{setting}";
}
