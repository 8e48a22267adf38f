using System.Globalization;

namespace Slipway.Registry.Rollouts;

/// <summary>
/// The settings of an environment that say how a release, or a model's version, takes over traffic: the keys <c>Rollout_...</c> of its section in
/// cake.config, and the variables <c>SLIPWAY_Rollout_...</c> of its functions.
/// </summary>
/// <param name="value">The value of a setting, by its name without <see cref="Prefix"/>; null if it is not set.</param>
/// <param name="label">What people know a setting as, as the beginning of a sentence.</param>
/// <param name="whose">Whose rollouts these are, for messages.</param>
public sealed class RolloutSettings(Func<string, string?> value, Func<string, string> label, string whose)
{
    /// <summary>The beginning of the name of each setting.</summary>
    public const string Prefix = "Rollout_";

    public const string Mode = "Mode";
    public const string Steps = "Steps";
    public const string Approvals = "Approvals";
    public const string Hold = "Hold";
    public const string MinRequests = "MinRequests";
    public const string BakeShare = "BakeShare";
    public const string BakeTime = "BakeTime";
    public const string Deadline = "Deadline";
    public const string Tolerance = "Tolerance";
    public const string PassRatio = "PassRatio";
    public const string MaxBadRate = "MaxBadRate";
    public const string FailAlpha = "FailAlpha";
    public const string PassAlpha = "PassAlpha";
    public const string SlowMilliseconds = "SlowMilliseconds";
    public const string Shadow = "Shadow";
    public const string Probes = "Probes";

    /// <summary>The value of <see cref="Mode"/> that moves all traffic as soon as the candidate is ready.</summary>
    public const string AtOnce = "at-once";

    /// <summary>The other value of <see cref="Mode"/>.</summary>
    public const string InSteps = "steps";

    /// <summary>The values of <see cref="Probes"/>.</summary>
    public const string On = "on", Off = "off";

    /// <summary>What applies without a setting: slow enough for an environment that people depend on.</summary>
    public static RolloutPlan Default { get; } = new(
        "", Model: null, Version: null, Digest: "",
        [new(5), new(25), new(50)], Hold: TimeSpan.FromMinutes(2), MinRequests: 500, new(90), BakeTime: TimeSpan.FromMinutes(5),
        Deadline: TimeSpan.FromHours(1), new(), Probes: true);

    /// <returns>The plan of every rollout in the environment, but for what is rolled out; null if traffic moves at once.</returns>
    /// <exception cref="SlipwayException">A value is wrong, or several contradict each other.</exception>
    public RolloutPlan? Read()
    {
        if (OneOf(Mode, InSteps, AtOnce) == AtOnce)
            return null;

        var approvals = Shares(Approvals) ?? [];
        var steps = Shares(Steps) ?? [.. Default.Steps.Select(step => step.Share)];
        var bake = (int?)Integer(BakeShare) ?? Default.Bake.Share;
        var bounds = Default.Bounds;
        var plan = Default with
        {
            Steps = [.. steps.Select(share => new RolloutStep(share, approvals.Contains(share)))],
            Hold = Time(Hold) ?? Default.Hold,
            MinRequests = Integer(MinRequests) ?? Default.MinRequests,
            Bake = new(bake, approvals.Contains(bake)),
            BakeTime = Time(BakeTime) ?? Default.BakeTime,
            Deadline = Time(Deadline) ?? Default.Deadline,
            Bounds = new(
                Number(Tolerance) ?? bounds.Tolerance, Number(PassRatio) ?? bounds.PassRatio, Number(MaxBadRate) ?? bounds.MaxBadRate,
                Number(FailAlpha) ?? bounds.FailAlpha, Number(PassAlpha) ?? bounds.PassAlpha, Number(SlowMilliseconds)),
            Shadow = (int?)Integer(Shadow) ?? Default.Shadow,
            Probes = OneOf(Probes, On, Off) is { } probes ? probes == On : Default.Probes,
        };
        if (approvals.Except(steps).Except([bake]).ToList() is [var stranger, ..])
            throw new SlipwayException($"{label(Approvals)} names {stranger} %, but no step has that share: {string.Join(", ", steps.Append(bake))}.");
        if (RolloutPlanReader.Problems(plan with { Id = "r1", Digest = "digest" }) is { Count: > 0 } problems)
            throw new SlipwayException($"The rollouts of {whose} cannot be followed: {string.Join(" ", problems)}");
        return plan;
    }

    private IReadOnlyList<int>? Shares(string name) => value(name) is { } text
        ? [.. text.Split(',').Select(share => int.TryParse(share.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var percent) ? percent : throw Wrong(name, text, "percentages such as 5,25,50"))]
        : null;

    private TimeSpan? Time(string name) => value(name) is not { } text ? null
        : TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var time) ? time : throw Wrong(name, text, "a duration such as 00:05:00");

    private long? Integer(string name) => value(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(name, text, "a whole number");

    private double? Number(string name) => value(name) is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(name, text, "a number");

    private string? OneOf(string name, string one, string other) => value(name) is not { } text ? null
        : text == one || text == other ? text : throw Wrong(name, text, $"{one} or {other}");

    private SlipwayException Wrong(string name, string text, string expected) => new($"{label(name)} is '{text}'; expected {expected}.");
}
