using Amazon.ECS;
using Amazon.ECS.Model;
using Slipway.Automation.Aws;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Cli.Output;
using Slipway.Build.Images;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Costs;
using Task = System.Threading.Tasks.Task;

namespace Slipway.Build.Environments.Fleets.Aws;

/// <summary>The ECS services of an environment: what they run, and how to update them.</summary>
public sealed class EcsFleet(AwsEnvironmentRecord environment, IAmazonECS ecs, AwsSettings settings, TimeProvider time)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(20);

    private readonly string _cluster = environment.Fleet.Cluster;

    /// <summary>How long to wait between two polls of ECS.</summary>
    public TimeSpan Pause { get; init; } = settings.Endpoint is null ? TimeSpan.FromSeconds(5) : TimeSpan.FromSeconds(1);

    public FleetService Gateway => new(environment.Fleet.Gateway, "gateway");

    public FleetService Server(Color color) => new(color == Color.Blue ? environment.Fleet.Blue : environment.Fleet.Green, "server");

    /// <exception cref="SlipwayException">The service does not exist.</exception>
    public async Task<Service> DescribeAsync(FleetService service, CancellationToken cancellation)
    {
        var found = await AwsErrors.GuardAsync("ecs:DescribeServices", $"describe the service '{service.Name}'", () => ecs.DescribeServicesAsync(
            new() { Cluster = _cluster, Services = [service.Name] }, cancellation));
        return found.Services?.Find(one => one.Status == "ACTIVE")
            ?? throw new SlipwayException($"The cluster '{_cluster}' has no service '{service.Name}'. Terraform creates it: ./build.sh --target=ApplyInfra --environment={environment.Name}");
    }

    /// <summary>Whether a service runs an image on at least this number of tasks.</summary>
    public async Task<bool> RunsAsync(FleetService service, ImageReference image, int least, CancellationToken cancellation)
    {
        var found = await DescribeAsync(service, cancellation);
        return found.DesiredCount >= least && found.RunningCount >= least && found.Deployments is [{ } only]
            && TaskDefinitions.Runs((await DefinitionAsync(only.TaskDefinition, cancellation)).TaskDefinition, service.Container, image);
    }

    /// <summary>The digest of the image that was last deployed to a service; null if nothing was.</summary>
    public async Task<string?> ReleaseAsync(FleetService service, CancellationToken cancellation)
    {
        var found = await DescribeAsync(service, cancellation);
        var definition = (await DefinitionAsync(found.TaskDefinition, cancellation)).TaskDefinition;
        var image = definition.ContainerDefinitions?.Find(container => container.Name == service.Container)?.Image;
        return found.DesiredCount > 0 && image?.Split('@') is [_, var digest] ? digest : null;
    }

    /// <summary>The images that a service runs: one, or two during a deployment.</summary>
    public async Task<IReadOnlyList<ImageReference>> ImagesAsync(FleetService service, CancellationToken cancellation)
    {
        var found = await DescribeAsync(service, cancellation);
        var images = new List<ImageReference>();
        foreach (var definition in (found.Deployments ?? []).Where(one => one.DesiredCount > 0 || one.RunningCount > 0).Select(one => one.TaskDefinition).Distinct())
            if ((await DefinitionAsync(definition, cancellation)).TaskDefinition.ContainerDefinitions?.Find(container => container.Name == service.Container)?.Image?.Split('@') is [var repository, var digest])
                images.Add(new(repository, digest));
        return [.. images.Distinct()];
    }

    /// <summary>What a service runs now; null if its task definition gives tasks no size.</summary>
    public async Task<ServingSize?> SizeAsync(FleetService service, CancellationToken cancellation)
    {
        var found = await DescribeAsync(service, cancellation);
        var definition = (await DefinitionAsync(found.TaskDefinition, cancellation)).TaskDefinition;
        return TaskDefinitions.Size(definition, found.RunningCount ?? 0);
    }

    /// <summary>Updates a service to an image on at least this number of tasks, and returns when exactly that is running.</summary>
    /// <exception cref="SlipwayException">The deployment failed: the message says why, and what is still running.</exception>
    public async Task RollAsync(FleetService service, ImageReference image, int tasks, IProgressStep step, CancellationToken cancellation)
    {
        var revision = await RevisionAsync(service, image, cancellation);
        step.Note($"{ServiceRolloutPolicy.Name(revision)} with {image.Digest}");
        // tasks that autoscaling added for the current load are not removed in the middle of it
        var running = (await DescribeAsync(service, cancellation)).DesiredCount ?? 0;
        await UpdateAsync(
            service, new() { Cluster = _cluster, Service = service.Name, TaskDefinition = revision, DesiredCount = Math.Max(running, tasks) }, step, cancellation);
    }

    /// <summary>Changes only the number of tasks.</summary>
    /// <exception cref="SlipwayException">They do not start.</exception>
    public Task ScaleAsync(FleetService service, int tasks, IProgressStep step, CancellationToken cancellation) =>
        UpdateAsync(service, new() { Cluster = _cluster, Service = service.Name, DesiredCount = tasks }, step, cancellation);

    private async Task UpdateAsync(FleetService service, UpdateServiceRequest request, IProgressStep step, CancellationToken cancellation)
    {
        var updated = (await AwsErrors.GuardAsync("ecs:UpdateService", $"update the service '{service.Name}'", () => ecs.UpdateServiceAsync(request, cancellation))).Service;
        var deployment = updated.Deployments.First(one => one.Status == "PRIMARY").Id;
        var started = time.GetTimestamp();
        var verdict = new ServiceVerdict(ServiceRollout.Progressing, "", Seen: false);
        while (true)
        {
            var now = await DescribeAsync(service, cancellation);
            verdict = ServiceRolloutPolicy.Evaluate(now, deployment, verdict.Seen);
            step.Now($"{service.Name}: {verdict.Text}");
            if (verdict.Rollout == ServiceRollout.Stable)
                return;
            if (verdict.Rollout == ServiceRollout.Failed || time.GetElapsedTime(started) > Timeout)
                throw new SlipwayException(await new ServiceFailure(ecs, _cluster).DescribeAsync(
                    service, now, verdict.Rollout == ServiceRollout.Failed ? verdict.Text : $"still not stable after {Timeout.TotalMinutes:0} minutes, {verdict.Text}", cancellation));
            await Task.Delay(Pause, time, cancellation);
        }
    }

    private async Task<string> RevisionAsync(FleetService service, ImageReference image, CancellationToken cancellation)
    {
        var current = (await DescribeAsync(service, cancellation)).TaskDefinition;
        var family = ServiceRolloutPolicy.Name(current).Split(':')[0];
        var newest = await DefinitionAsync(family, cancellation);
        if (TaskDefinitions.Runs(newest.TaskDefinition, service.Container, image))
            return newest.TaskDefinition.TaskDefinitionArn;

        var next = TaskDefinitions.Next(newest.TaskDefinition, newest.Tags, service.Container, image);
        var registered = await AwsErrors.GuardAsync("ecs:RegisterTaskDefinition", $"register a revision of '{family}'", () => ecs.RegisterTaskDefinitionAsync(next, cancellation));
        return registered.TaskDefinition.TaskDefinitionArn;
    }

    private Task<DescribeTaskDefinitionResponse> DefinitionAsync(string name, CancellationToken cancellation) =>
        AwsErrors.GuardAsync("ecs:DescribeTaskDefinition", $"describe the task definition '{name}'", () => ecs.DescribeTaskDefinitionAsync(new() { TaskDefinition = name, Include = ["TAGS"] }, cancellation));
}

/// <param name="Container">The container in its tasks that the image is for.</param>
public sealed record FleetService(string Name, string Container);
