using System.Globalization;
using Amazon.ApplicationAutoScaling;
using Slipway.Registry.Channels;

namespace Slipway.Automation.Aws;

/// <summary>
/// How far autoscaling may scale in a color. The live one keeps its capacity; so does the previous one, until the rollback window has
/// passed: then a scheduled action, which needs no runner to stay alive, lowers its minimum to the idle minimum.
/// </summary>
public sealed class ColorCapacity(AwsEnvironmentRecord environment, IAmazonApplicationAutoScaling scaling, TimeProvider time)
{
    private const string ActionName = "slipway-idle";

    /// <summary>Keeps a color from being scaled in below so many servers from now on.</summary>
    public async Task HoldAsync(Color color, int servers, CancellationToken cancellation)
    {
        await DeleteActionAsync(color, cancellation);
        await AwsErrors.GuardAsync("application-autoscaling:RegisterScalableTarget", $"keep the capacity of '{environment.Fleet.Server(color)}'", () => scaling.RegisterScalableTargetAsync(
            new()
            {
                ServiceNamespace = ServiceNamespace.Ecs,
                ScalableDimension = ScalableDimension.EcsServiceDesiredCount,
                ResourceId = Resource(color),
                MinCapacity = servers,
            },
            cancellation));
    }

    /// <summary>Lets a color be scaled in to the idle minimum once the rollback window has passed.</summary>
    /// <returns>The time of that.</returns>
    public async Task<DateTimeOffset> ReleaseLaterAsync(Color color, CancellationToken cancellation)
    {
        var at = time.GetUtcNow().AddSeconds(environment.Fleet.RollbackWindowSeconds);
        await AwsErrors.GuardAsync("application-autoscaling:PutScheduledAction", $"schedule the scale-in of '{environment.Fleet.Server(color)}'", () => scaling.PutScheduledActionAsync(
            new()
            {
                ServiceNamespace = ServiceNamespace.Ecs,
                ScalableDimension = ScalableDimension.EcsServiceDesiredCount,
                ResourceId = Resource(color),
                ScheduledActionName = ActionName,
                Schedule = at.UtcDateTime.ToString("'at('yyyy-MM-dd'T'HH:mm:ss')'", CultureInfo.InvariantCulture),
                ScalableTargetAction = new() { MinCapacity = environment.Fleet.IdleMinimum },
            },
            cancellation));
        return at;
    }

    private async Task DeleteActionAsync(Color color, CancellationToken cancellation)
    {
        var known = await AwsErrors.GuardAsync("application-autoscaling:DescribeScheduledActions", $"check whether a scale-in of '{environment.Fleet.Server(color)}' is scheduled", () => scaling.DescribeScheduledActionsAsync(
            new() { ServiceNamespace = ServiceNamespace.Ecs, ResourceId = Resource(color), ScheduledActionNames = [ActionName] }, cancellation));
        if (known.ScheduledActions is not { Count: > 0 })
            return;
        await AwsErrors.GuardAsync("application-autoscaling:DeleteScheduledAction", $"cancel the scale-in of '{environment.Fleet.Server(color)}'", () => scaling.DeleteScheduledActionAsync(
            new()
            {
                ServiceNamespace = ServiceNamespace.Ecs,
                ScalableDimension = ScalableDimension.EcsServiceDesiredCount,
                ResourceId = Resource(color),
                ScheduledActionName = ActionName,
            },
            cancellation));
    }

    private string Resource(Color color) => $"service/{environment.Fleet.Cluster}/{environment.Fleet.Server(color)}";
}
