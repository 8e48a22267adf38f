using Slipway.Registry;

namespace Slipway.Build.Environments.Fleets.Services;

/// <summary>Starts, recognizes and stops services that outlive the command that started them.</summary>
public interface IServiceHost
{
    /// <exception cref="SlipwayException">It did not start.</exception>
    ServiceRecord Start(ServiceStart service);

    bool IsRunning(ServiceRecord service);

    /// <summary>Whether the running service and its replacement can listen on one port at the same time, so that no request is lost in between.</summary>
    bool SharesPorts(ServiceRecord running, Release next);

    /// <summary>Tells a service to finish its requests and stop; after <paramref name="timeout"/> it is killed. Its record is deleted.</summary>
    Task StopAsync(ServiceRecord service, TimeSpan timeout, CancellationToken cancellation);

    /// <summary>The release of a service; null if it is no longer known.</summary>
    Release? ReleaseOf(ServiceRecord service);

    /// <summary>Where to read its output, and the last lines of it.</summary>
    string Printed(ServiceRecord service);
}

/// <param name="Name">As in <see cref="ServiceRecord"/>.</param>
/// <param name="Program">The name of its assembly.</param>
/// <param name="Words">Its arguments.</param>
/// <param name="Settings">Its environment variables.</param>
/// <param name="Writes">The folders that it writes to; they must exist.</param>
/// <param name="Reads">The other files that it reads.</param>
public sealed record ServiceStart(
    string Name, Release Release, string Program, IReadOnlyList<string> Words, IReadOnlyDictionary<string, string> Settings,
    IReadOnlyList<string> Writes, IReadOnlyList<string> Reads);
