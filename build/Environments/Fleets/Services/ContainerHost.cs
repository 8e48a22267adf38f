using Slipway.Build.Images.Docker;
using Slipway.Registry;

namespace Slipway.Build.Environments.Fleets.Services;

/// <summary>Services in containers of this machine's Docker engine.</summary>
public sealed class ContainerHost(LocalContainers containers) : IServiceHost
{
    private DockerTool Docker => containers.Docker();

    public ServiceRecord Start(ServiceStart service)
    {
        var release = (ImageRelease)service.Release;
        var mounts = service.Writes.Select(folder => new ContainerMount(folder, folder))
            .Concat(service.Reads.Select(file => new ContainerMount(file, file, ReadOnly: true)));
        var run = containers.Run(release.Image, containers.NewName(service.Name), service.Words, mounts) with
        {
            Network = "host",
            Environment = service.Settings,
            // its port is different each time, and its heartbeat says more than a health check could
            HealthCheck = false,
        };
        StartOrRemove(run);
        var state = Docker.FindContainer(run.Name!)
            ?? throw new SlipwayException($"The container {run.Name} disappeared right after it started: something else removed it.");
        return new(service.Name, state.ProcessId, state.StartedAt, release.Hash, $"docker logs {run.Name}", Container: run.Name, Image: release.Image);
    }

    /// <exception cref="SlipwayException">The engine cannot be reached.</exception>
    public bool IsRunning(ServiceRecord service)
    {
        try
        {
            return Docker.FindContainer(service.Container!) is { Running: true };
        }
        catch (SlipwayException e)
        {
            throw new SlipwayException(
                $"It is unknown whether {service.Name} is running in the container {service.Container}. {e.Message} " +
                $"If that engine is gone for good, delete '{containers.RecordOf(service)}' to forget the service.", e);
        }
    }

    // whatever the machine, containers run on Linux
    public bool SharesPorts(ServiceRecord running, Release next) => true;

    // a container that docker created but could not start stays with the engine, and after an interruption it may even be running
    private void StartOrRemove(ContainerRun run)
    {
        try
        {
            Docker.Start(run);
        }
        catch (SlipwayException)
        {
            TryRemove(run.Name!);
            throw;
        }
    }

    private void TryRemove(string name)
    {
        try
        {
            Docker.Remove(name);
        }
        catch (SlipwayException)
        {
            // the reason why it did not start says more
        }
    }

    public Task StopAsync(ServiceRecord service, TimeSpan timeout, CancellationToken cancellation) => Task.Run(() =>
    {
        if (IsRunning(service))
            Docker.Stop(service.Container!, timeout);
        Docker.Remove(service.Container!);
    }, cancellation);

    public Release? ReleaseOf(ServiceRecord service) =>
        Docker.FindImage(service.Image!) is { } image ? new ImageRelease(service.Release, image.Id) : null;

    public string Printed(ServiceRecord service)
    {
        const int Tail = 12;
        var state = Docker.FindContainer(service.Container!);
        if (state is null)
            return $"The container {service.Container} is gone, and so is its output.";
        var ended = state switch
        {
            { Running: true } => "",
            { OutOfMemory: true } => " It was killed because it ran out of memory.",
            _ => $" It exited with code {state.ExitCode}.",
        };
        return $"{ended.TrimStart()} '{service.Log}' ends with:\n{string.Join('\n', Docker.Logs(service.Container!).TakeLast(Tail).Select(line => $"  {line}"))}".TrimStart();
    }
}
