using System.Globalization;
using Amazon.ECS.Model;

namespace Slipway.Build.Environments.Fleets.Aws;

/// <summary>
/// Whether a service runs exactly what was deployed. ECS calls a service stable if the desired number of tasks is running, whichever they are; here,
/// the deployment itself must be the expected one, complete and alone. Pure.
/// </summary>
public static class ServiceRolloutPolicy
{
    private const string Primary = "PRIMARY";
    private const string Completed = "COMPLETED";
    private const string Failed = "FAILED";

    /// <param name="deployment">The id that ECS assigned to it.</param>
    /// <param name="wasSeen">Whether an earlier response contained it. Until then, a response without it is merely outdated.</param>
    public static ServiceVerdict Evaluate(Service service, string deployment, bool wasSeen)
    {
        var deployments = service.Deployments ?? [];
        var ours = deployments.Find(one => one.Id == deployment);
        if (ours is null)
            return wasSeen
                ? new(ServiceRollout.Failed, $"another deployment replaced it: {Name(deployments.Find(one => one.Status == Primary)?.TaskDefinition)}", false)
                : new(ServiceRollout.Progressing, "ECS has not started it yet", false);

        if (ours.RolloutState == Failed || (ours.Status != Primary && wasSeen))
            return new(ServiceRollout.Failed, Reason(ours, deployments), true);

        var desired = service.DesiredCount ?? 0;
        return ours.RolloutState == Completed && deployments.Count == 1 && service.RunningCount == desired && (service.PendingCount ?? 0) == 0
            ? new(ServiceRollout.Stable, Tasks(ours, desired), true)
            : new(ServiceRollout.Progressing, Tasks(ours, desired), true);
    }

    private static string Reason(Deployment ours, List<Deployment> all)
    {
        var reason = string.IsNullOrEmpty(ours.RolloutStateReason) ? "ECS gave up on it" : ours.RolloutStateReason.TrimEnd('.');
        return all.Find(one => one.Status == Primary) is { } primary && primary.Id != ours.Id
            ? $"{reason}; {Name(primary.TaskDefinition)} is running again"
            : reason;
    }

    private static string Tasks(Deployment ours, int desired)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{ours.RunningCount ?? 0} of {desired} tasks running");
        return ours.FailedTasks > 0 ? string.Create(CultureInfo.InvariantCulture, $"{text}, {ours.FailedTasks} failed") : text;
    }

    /// <summary>Family and revision from an ARN.</summary>
    public static string Name(string? taskDefinition) => taskDefinition is null ? "none" : taskDefinition[(taskDefinition.LastIndexOf('/') + 1)..];
}

public enum ServiceRollout
{
    /// <summary>Tasks are being started or replaced.</summary>
    Progressing,

    /// <summary>The deployment is complete, and nothing else is running.</summary>
    Stable,

    /// <summary>ECS gave up on it; the previous tasks are still running.</summary>
    Failed,
}

/// <param name="Seen">ECS lists the deployment.</param>
public sealed record ServiceVerdict(ServiceRollout Rollout, string Text, bool Seen);
