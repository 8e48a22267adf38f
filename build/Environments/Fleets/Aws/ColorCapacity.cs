using System.Globalization;
using Amazon.ApplicationAutoScaling;
using Slipway.Automation.Aws;

namespace Slipway.Build.Environments.Fleets.Aws;

/// <summary>
/// How few servers autoscaling may leave to a color. The live one keeps its capacity; so does the one before it, until the rollback window has
/// passed: then a scheduled action, which no runner has to live for, takes its least down to the idle minimum.
/// </summary>
public sealed class ColorCapacity(AwsEnvironmentRecord environment, IAmazonApplicationAutoScaling scaling, TimeProvider time)
{
    private const string ActionName = "slipway-idle";

    /// <summary>From now on this color may not be scaled in below its capacity.</summary>
    public async Task HoldAsync(FleetService service, CancellationToken cancellation)
    {
        await ForgetActionAsync(service, cancellation);
        await AwsErrors.GuardAsync("application-autoscaling:RegisterScalableTarget", $"keep the capacity of '{service.Name}'", () => scaling.RegisterScalableTargetAsync(
            new()
            {
                ServiceNamespace = ServiceNamespace.Ecs,
                ScalableDimension = ScalableDimension.EcsServiceDesiredCount,
                ResourceId = Resource(service),
                MinCapacity = environment.Fleet.Capacity,
            },
            cancellation));
    }

    /// <summary>Lets a color go down to the idle minimum when the rollback window has passed.</summary>
    /// <returns>When that is.</returns>
    public async Task<DateTimeOffset> ReleaseLaterAsync(FleetService service, CancellationToken cancellation)
    {
        var at = time.GetUtcNow().AddSeconds(environment.Fleet.RollbackWindowSeconds);
        await AwsErrors.GuardAsync("application-autoscaling:PutScheduledAction", $"let '{service.Name}' shrink later", () => scaling.PutScheduledActionAsync(
            new()
            {
                ServiceNamespace = ServiceNamespace.Ecs,
                ScalableDimension = ScalableDimension.EcsServiceDesiredCount,
                ResourceId = Resource(service),
                ScheduledActionName = ActionName,
                Schedule = at.UtcDateTime.ToString("'at('yyyy-MM-dd'T'HH:mm:ss')'", CultureInfo.InvariantCulture),
                ScalableTargetAction = new() { MinCapacity = environment.Fleet.IdleMinimum },
            },
            cancellation));
        return at;
    }

    private async Task ForgetActionAsync(FleetService service, CancellationToken cancellation)
    {
        var known = await AwsErrors.GuardAsync("application-autoscaling:DescribeScheduledActions", $"look whether '{service.Name}' is to shrink", () => scaling.DescribeScheduledActionsAsync(
            new() { ServiceNamespace = ServiceNamespace.Ecs, ResourceId = Resource(service), ScheduledActionNames = [ActionName] }, cancellation));
        if (known.ScheduledActions is not { Count: > 0 })
            return;
        await AwsErrors.GuardAsync("application-autoscaling:DeleteScheduledAction", $"keep '{service.Name}' from shrinking", () => scaling.DeleteScheduledActionAsync(
            new()
            {
                ServiceNamespace = ServiceNamespace.Ecs,
                ScalableDimension = ScalableDimension.EcsServiceDesiredCount,
                ResourceId = Resource(service),
                ScheduledActionName = ActionName,
            },
            cancellation));
    }

    private string Resource(FleetService service) => $"service/{environment.Fleet.Cluster}/{service.Name}";
}
