using System.Globalization;
using Slipway.Registry.Rollouts;

namespace Slipway.Build.Cli.Configuration;

/// <summary>Reads how changes take over traffic in one environment: the plan of every rollout there, but for what is rolled out.</summary>
internal static class RolloutSettings
{
    /// <summary>What applies to keys that cake.config lacks: slow enough for an environment that people depend on.</summary>
    public static RolloutPlan Default { get; } = new(
        "", Model: null, Version: null, Digest: "",
        [new(5), new(25), new(50)], Hold: TimeSpan.FromMinutes(2), MinRequests: 500, new(90), BakeTime: TimeSpan.FromMinutes(5),
        Deadline: TimeSpan.FromHours(1), new(), Probes: true);

    /// <param name="value">The valid value of a key; null if it is not set.</param>
    /// <returns>Null if traffic moves at once.</returns>
    /// <exception cref="UsageException">The values contradict each other.</exception>
    public static RolloutPlan? Read(RolloutKeys keys, Func<SettingKey, string?> value)
    {
        if (value(keys.Mode) == RolloutKeys.AtOnce)
            return null;

        var approvals = Shares(keys.Approvals) ?? [];
        var steps = Shares(keys.Steps) ?? [.. Default.Steps.Select(step => step.Share)];
        var bounds = Default.Bounds;
        var plan = Default with
        {
            Steps = [.. steps.Select(share => new RolloutStep(share, approvals.Contains(share)))],
            Hold = Time(keys.Hold) ?? Default.Hold,
            MinRequests = Whole(keys.MinRequests) ?? Default.MinRequests,
            Bake = new((int?)Whole(keys.BakeShare) ?? Default.Bake.Share, approvals.Contains((int?)Whole(keys.BakeShare) ?? Default.Bake.Share)),
            BakeTime = Time(keys.BakeTime) ?? Default.BakeTime,
            Deadline = Time(keys.Deadline) ?? Default.Deadline,
            Bounds = new(
                Number(keys.Tolerance) ?? bounds.Tolerance, Number(keys.PassRatio) ?? bounds.PassRatio, Number(keys.MaxBadRate) ?? bounds.MaxBadRate,
                Number(keys.FailAlpha) ?? bounds.FailAlpha, Number(keys.PassAlpha) ?? bounds.PassAlpha, Number(keys.SlowMilliseconds)),
            Shadow = (int?)Whole(keys.Shadow) ?? Default.Shadow,
            Probes = value(keys.Probes) is { } probes ? probes == RolloutKeys.On : Default.Probes,
        };
        if (approvals.Except(steps).Except([plan.Bake.Share]).ToList() is [var stranger, ..])
            throw new UsageException($"{keys.Approvals.Name} (cake.config or --{keys.Approvals.Name}) names {stranger} %, but no step has that share: {string.Join(", ", steps.Append(plan.Bake.Share))}.");
        if (RolloutPlanReader.Problems(plan with { Id = "r1", Digest = "digest" }) is { Count: > 0 } problems)
            throw new UsageException($"The rollouts of [{keys.Section}] in cake.config cannot be followed: {string.Join(" ", problems)}");
        return plan;

        IReadOnlyList<int>? Shares(SettingKey key) => value(key) is { } text ? [.. text.Split(',').Select(share => int.Parse(share.Trim(), CultureInfo.InvariantCulture))] : null;
        TimeSpan? Time(SettingKey key) => value(key) is { } text ? TimeSpan.ParseExact(text, "c", CultureInfo.InvariantCulture) : null;
        long? Whole(SettingKey key) => value(key) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;
        double? Number(SettingKey key) => value(key) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;
    }
}
