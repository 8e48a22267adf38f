using System.Globalization;
using System.Text;
using Amazon.ECS;
using Amazon.ECS.Model;
using Slipway.Automation.Aws;

namespace Slipway.Build.Environments.Fleets.Aws;

/// <summary>Why a service did not start, according to ECS: its reason, its last events, and how its tasks ended.</summary>
public sealed class ServiceFailure(IAmazonECS ecs, string cluster)
{
    private const int MaxShown = 5;

    public async Task<string> DescribeAsync(FleetService service, Service now, string reason, CancellationToken cancellation)
    {
        var text = new StringBuilder($"'{service.Name}' did not come up: {reason}. Traffic was not moved.");
        foreach (var task in await StoppedAsync(service, cancellation))
            text.Append('\n').Append(CultureInfo.InvariantCulture, $"  task {ServiceRolloutPolicy.Name(task.TaskArn)} ({ServiceRolloutPolicy.Name(task.TaskDefinitionArn)}): {Ending(task)}");
        foreach (var happened in (now.Events ?? []).Take(MaxShown))
            text.Append('\n').Append(CultureInfo.InvariantCulture, $"  {happened.CreatedAt:u}  {happened.Message}");
        return text.Append("\n  The output of the tasks is in their CloudWatch log group.").ToString();
    }

    private async Task<List<Amazon.ECS.Model.Task>> StoppedAsync(FleetService service, CancellationToken cancellation)
    {
        var stopped = await AwsErrors.GuardAsync("ecs:ListTasks", $"list the tasks of '{service.Name}'", () => ecs.ListTasksAsync(
            new() { Cluster = cluster, ServiceName = service.Name, DesiredStatus = DesiredStatus.STOPPED, MaxResults = 10 }, cancellation));
        if (stopped.TaskArns is not { Count: > 0 } arns)
            return [];
        var described = await AwsErrors.GuardAsync("ecs:DescribeTasks", $"describe the tasks of '{service.Name}'", () => ecs.DescribeTasksAsync(new() { Cluster = cluster, Tasks = arns }, cancellation));
        return [.. (described.Tasks ?? []).OrderByDescending(task => task.StoppedAt).Take(MaxShown)];
    }

    private static string Ending(Amazon.ECS.Model.Task task)
    {
        var container = task.Containers?.Find(one => one.ExitCode is not null and not 0 || !string.IsNullOrEmpty(one.Reason));
        var exit = container?.ExitCode is { } code ? string.Create(CultureInfo.InvariantCulture, $", exit code {code}") : "";
        return $"{task.StoppedReason}{exit}{(string.IsNullOrEmpty(container?.Reason) ? "" : $", {container.Reason}")}";
    }
}
