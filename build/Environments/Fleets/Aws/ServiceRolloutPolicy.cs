using System.Globalization;
using Amazon.ECS.Model;

namespace Slipway.Build.Environments.Fleets.Aws;

/// <summary>
/// Whether a service really runs what it was told to. ECS's own "stable" means that as many tasks run as should, whichever they are; here the
/// deployment itself has to be the one, complete and alone. Pure.
/// </summary>
public static class ServiceRolloutPolicy
{
    private const string Primary = "PRIMARY";
    private const string Completed = "COMPLETED";
    private const string Failed = "FAILED";

    /// <param name="deployment">The id that ECS gave it.</param>
    /// <param name="wasSeen">It was in an earlier answer. Before that, an answer without it is only late.</param>
    public static ServiceVerdict Judge(Service service, string deployment, bool wasSeen)
    {
        var deployments = service.Deployments ?? [];
        var ours = deployments.Find(one => one.Id == deployment);
        if (ours is null)
            return wasSeen
                ? new(ServiceRollout.Failed, $"another deployment replaced it: {Name(deployments.Find(one => one.Status == Primary)?.TaskDefinition)}", false)
                : new(ServiceRollout.Progressing, "ECS takes it up", false);

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
            ? $"{reason}; {Name(primary.TaskDefinition)} runs again"
            : reason;
    }

    private static string Tasks(Deployment ours, int desired)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{ours.RunningCount ?? 0} of {desired} tasks run");
        return ours.FailedTasks > 0 ? string.Create(CultureInfo.InvariantCulture, $"{text}, {ours.FailedTasks} failed") : text;
    }

    /// <summary>Family and revision out of an ARN.</summary>
    public static string Name(string? taskDefinition) => taskDefinition is null ? "none" : taskDefinition[(taskDefinition.LastIndexOf('/') + 1)..];
}

public enum ServiceRollout
{
    /// <summary>Tasks are being started or replaced.</summary>
    Progressing,

    /// <summary>The deployment is complete, and nothing else runs.</summary>
    Stable,

    /// <summary>ECS gave it up; what ran before runs on.</summary>
    Failed,
}

/// <param name="Seen">ECS knows the deployment.</param>
public sealed record ServiceVerdict(ServiceRollout Rollout, string Text, bool Seen);
