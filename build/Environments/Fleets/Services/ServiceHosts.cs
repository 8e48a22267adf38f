namespace Slipway.Build.Environments.Fleets.Services;

/// <summary>Selects the host of each service: build output runs as a process, an image in a container.</summary>
public sealed class ServiceHosts(IServiceHost processes, IServiceHost containers) : IServiceHost
{
    public ServiceRecord Start(ServiceStart service) => (service.Release is ImageRelease ? containers : processes).Start(service);

    public bool IsRunning(ServiceRecord service) => Of(service).IsRunning(service);

    // a process and a container can only replace each other if both run on the machine's own kernel
    public bool SharesPorts(ServiceRecord running, Release next) =>
        (running.Container is null == next is not ImageRelease ? Of(running) : processes).SharesPorts(running, next);

    public Task StopAsync(ServiceRecord service, TimeSpan timeout, CancellationToken cancellation) => Of(service).StopAsync(service, timeout, cancellation);

    public Release? ReleaseOf(ServiceRecord service) => Of(service).ReleaseOf(service);

    public string Printed(ServiceRecord service) => Of(service).Printed(service);

    private IServiceHost Of(ServiceRecord service) => service.Container is null ? processes : containers;
}
