using System.Globalization;
using Amazon.ApplicationAutoScaling;
using Slipway.Automation;

namespace Slipway.Build;

/// <summary>
/// How few servers autoscaling may leave to a color. The live one keeps its capacity; so does the one before it, until the rollback window has
/// passed: then a scheduled action, which no runner has to live for, takes its least down to the idle minimum.
/// </summary>
public sealed class ColorCapacity(AwsEnvironmentRecord environment, IAmazonApplicationAutoScaling scaling, AwsSettings settings, TimeProvider time)
{
    private const string ActionName = "slipway-idle";

    /// <summary>From now on this color may not be scaled in below its capacity.</summary>
    public async Task HoldAsync(FleetService service, CancellationToken cancellation)
    {
        await ForgetActionAsync(service, cancellation);
        await AwsCall.RunAsync("application-autoscaling:RegisterScalableTarget", settings, () => scaling.RegisterScalableTargetAsync(
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
        await AwsCall.RunAsync("application-autoscaling:PutScheduledAction", settings, () => scaling.PutScheduledActionAsync(
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
        var known = await AwsCall.RunAsync("application-autoscaling:DescribeScheduledActions", settings, () => scaling.DescribeScheduledActionsAsync(
            new() { ServiceNamespace = ServiceNamespace.Ecs, ResourceId = Resource(service), ScheduledActionNames = [ActionName] }, cancellation));
        if (known.ScheduledActions is not { Count: > 0 })
            return;
        await AwsCall.RunAsync("application-autoscaling:DeleteScheduledAction", settings, () => scaling.DeleteScheduledActionAsync(
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
