using System.Globalization;
using System.Text.RegularExpressions;

namespace Slipway.Registry.Rollouts;

/// <summary>Finds everything that is wrong with a plan at once; each problem names the member, its value and what is expected.</summary>
public static partial class RolloutPlanReader
{
    private const int MaxSteps = 50;
    private const long MaxRequests = 1_000_000_000;
    private const int MaxServers = 1000;

    private static readonly TimeSpan MaxDeadline = TimeSpan.FromDays(30);

    public static IReadOnlyList<string> Problems(RolloutPlan plan) => [.. Subject(plan), .. Steps(plan), .. Times(plan), .. Sizes(plan), .. Bounds(plan.Bounds)];

    private static IEnumerable<string> Subject(RolloutPlan plan)
    {
        if (!Id().IsMatch(plan.Id))
            yield return $"'id' is '{plan.Id}'; expected are lower-case letters, digits and hyphens, at most 64.";
        if (plan.Model is { } model && !ModelName.IsValid(model))
            yield return $"'model' is '{model}'; expected the name of a model: {ModelName.Rule}.";
        if (plan is { Model: not null, Version: null or < 1 })
            yield return $"'version' is {(plan.Version is { } version ? Text(version) : "missing")}; expected the version of '{plan.Model}' that is rolled out, at least 1.";
        if (plan is { Model: null, Version: { } without })
            yield return $"'version' is {Text(without)} although 'model' is missing; expected are both, or neither for a release.";
        if (string.IsNullOrWhiteSpace(plan.Digest))
            yield return "'digest' is empty; expected the hash of what is rolled out.";
    }

    private static IEnumerable<string> Steps(RolloutPlan plan)
    {
        if (plan.Steps.Count is 0 or > MaxSteps)
            yield return $"'steps' has {Text(plan.Steps.Count)} steps; expected are 1 to {MaxSteps}.";
        foreach (var (i, step) in plan.Steps.Take(MaxSteps).Index())
        {
            if (step.Share is < 1 or > 99)
                yield return $"'steps[{i}].share' is {Text(step.Share)}; expected a percentage of 1 to 99, because a verdict needs requests on both colors.";
            if (i > 0 && step.Share <= plan.Steps[i - 1].Share)
                yield return $"'steps[{i}].share' is {Text(step.Share)}; expected more than the {Text(plan.Steps[i - 1].Share)} of the step before, because shares rise.";
        }
        if (plan.Bake.Share is < 1 or > 99)
            yield return $"'bake.share' is {Text(plan.Bake.Share)}; expected a percentage of 1 to 99, because a verdict needs requests on both colors.";
        if (plan.Steps.Count > 0 && plan.Bake.Share <= plan.Steps[^1].Share)
            yield return $"'bake.share' is {Text(plan.Bake.Share)}; expected more than the {Text(plan.Steps[^1].Share)} of the last step.";
    }

    private static IEnumerable<string> Times(RolloutPlan plan)
    {
        foreach (var (name, time) in new[] { ("hold", plan.Hold), ("bakeTime", plan.BakeTime) })
            if (time < TimeSpan.Zero)
                yield return $"'{name}' is {time:c}; expected a duration that is not negative.";
        if (plan.Deadline <= TimeSpan.Zero || plan.Deadline > MaxDeadline)
            yield return $"'deadline' is {plan.Deadline:c}; expected a duration above zero, at most {MaxDeadline:c}.";
        // in seconds, because a TimeSpan of the largest hold overflows
        var least = plan.Hold.TotalSeconds * plan.Steps.Count + plan.BakeTime.TotalSeconds;
        if (plan.Hold >= TimeSpan.Zero && plan.BakeTime >= TimeSpan.Zero && least >= plan.Deadline.TotalSeconds)
            yield return $"'deadline' is {plan.Deadline:c}; expected more than the {least.ToString("#,##0.###", CultureInfo.InvariantCulture)} s of "
                + $"{Text(plan.Steps.Count)} times 'hold' ({plan.Hold:c}) and 'bakeTime' ({plan.BakeTime:c}), or every rollout is halted.";
    }

    private static IEnumerable<string> Sizes(RolloutPlan plan)
    {
        if (plan.MinRequests is < 1 or > MaxRequests)
            yield return $"'minRequests' is {Text(plan.MinRequests)}; expected 1 to {Text(MaxRequests)}, because no data is never a pass.";
        if (plan.Servers is < 1 or > MaxServers)
            yield return $"'servers' is {Text(plan.Servers)}; expected 1 to {MaxServers}.";
        if (plan.Shadow is < 0 or > 100)
            yield return $"'shadow' is {Text(plan.Shadow)}; expected a percentage of 0 to 100.";
    }

    // written so that what is not a number fails too
    private static IEnumerable<string> Bounds(RolloutBounds bounds)
    {
        if (!(bounds.Tolerance >= 1 && double.IsFinite(bounds.Tolerance)))
            yield return $"'bounds.tolerance' is {Text(bounds.Tolerance)}; expected at least 1, because a candidate that equals stable is good enough.";
        if (!(bounds.PassRatio > bounds.Tolerance && double.IsFinite(bounds.PassRatio)))
            yield return $"'bounds.passRatio' is {Text(bounds.PassRatio)}; expected more than the tolerance of {Text(bounds.Tolerance)}.";
        if (!(bounds.MaxBadRate is > 0 and < 1))
            yield return $"'bounds.maxBadRate' is {Text(bounds.MaxBadRate)}; expected a rate between 0 and 1.";
        foreach (var (name, alpha) in new[] { ("failAlpha", bounds.FailAlpha), ("passAlpha", bounds.PassAlpha) })
            if (!(alpha is > 0 and < 0.5))
                yield return $"'bounds.{name}' is {Text(alpha)}; expected a probability between 0 and 0.5.";
        if (bounds.SlowMilliseconds is { } slow && !(slow > 0 && slow <= MaxDeadline.TotalMilliseconds))
            yield return $"'bounds.slowMilliseconds' is {Text(slow)}; expected a duration above zero, or nothing to use twice stable's 99th percentile.";
    }

    private static string Text(double number) => number.ToString("0.##########", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[a-z0-9](?:[a-z0-9-]{0,63})\z")]
    private static partial Regex Id();
}
